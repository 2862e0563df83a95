import type { Item } from '../model/feed.ts';
import type { Override } from '../model/override.ts';
import type { DedupeSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { Authority } from '../identify/entry-id.ts';
import type { MergeRules } from '../identify/stories.ts';

/** What taking in a document needs to know beside the document. */
export interface IngestRules {
  readonly authority: Authority;
  readonly dedupe: DedupeSettings;
  readonly overrides: readonly Override[];
  readonly sourceOf: MergeRules['sourceOf'];
  readonly topicsOf: (source: Source, item: Item) => readonly string[];
}
