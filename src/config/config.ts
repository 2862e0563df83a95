import type {
  DedupeSettings,
  FetchSettings,
  PublishSettings,
  RetainSettings,
  SavedFeed,
  ServerSettings,
  SiteSettings,
} from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { TopicRule } from '../model/topic.ts';
import type { PlacedOverride } from './overrides.ts';

/** A source as it stands in the files, whether or not it can run under the configured origin. */
export interface SourceDefinition {
  /** The file it was read from. */
  readonly file: string;
  /** Absent where the definition has nothing to read under the configured origin. */
  readonly source?: Source;
  /** Absolute path of the bundled document. */
  readonly sample?: string;
  /** Absolute path of what the bundled document is expected to give. */
  readonly expected?: string;
  /** What the bundled document is read with. */
  readonly reading: Pick<Source, 'id' | 'format' | 'timezone' | 'language' | 'columns' | 'expect'> & {
    readonly url?: string;
  };
}

/** Everything the program is told from outside, validated. */
export interface Config {
  readonly file: string;
  readonly site: Omit<SiteSettings, 'url'> & { readonly url?: string; readonly authority?: string };
  readonly server: ServerSettings & { readonly host: string; readonly port: number };
  /** The store's file; `:memory:` for one that is forgotten. */
  readonly store: { readonly kind: 'sqlite'; readonly path: string };
  readonly definitions: readonly SourceDefinition[];
  /** The definitions with something to read under the configured origin; those not enabled are paused. */
  readonly sources: readonly Source[];
  readonly topics: readonly TopicRule[];
  readonly topicsFile?: string;
  readonly fetch: Omit<FetchSettings, 'userAgent'> & { readonly userAgent?: string };
  readonly dedupe: DedupeSettings;
  readonly publish: PublishSettings;
  readonly retain: RetainSettings;
  readonly saved: readonly SavedFeed[];
  /** What people decided about stories, from `overrides.yaml` beside the file. */
  readonly overrides: readonly PlacedOverride[];
  readonly logLevel: string;
}
