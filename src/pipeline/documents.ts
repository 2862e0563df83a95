import { feedId } from '../identify/entry-id.ts';
import type { SiteSettings } from '../model/settings.ts';
import { assemble, type RenderedEntry } from '../publish/document.ts';
import { feedHead, linkHeader, type FeedFacts } from '../publish/feed-head.ts';
import { canonicalQuery, type FeedSpec } from '../publish/feed-spec.ts';
import { headInScript } from '../publish/in-script.ts';
import {
  hashOf,
  mediaTypes,
  represent,
  type FeedFormatName,
  type Representation,
} from '../publish/representation.ts';
import type { Founding } from '../store/store.ts';
import type { ScriptConverter } from '../text/script.ts';

/** What differs from document to document of a feed. */
export interface DocumentFacts extends Pick<FeedFacts, 'parameters' | 'archives' | 'archive' | 'tombstones'> {
  readonly converter?: ScriptConverter | undefined;
}

/** Makes documents of entries, and resources of documents. */
export interface Documents {
  /** The permanent Atom id of what is published under this path. */
  readonly idOf: (path: string) => string;
  /** `changedAt` tells when the document with this hash came to be. */
  readonly represent: <Format extends FeedFormatName>(
    spec: FeedSpec,
    format: Format,
    entries: readonly RenderedEntry<Format>[],
    changedAt: (hash: string) => Date,
    facts?: DocumentFacts,
  ) => Promise<Representation>;
}

export function createDocuments(site: SiteSettings, { installId, authority, at }: Founding): Documents {
  const idOf = (path: string) =>
    feedId({ installId, ...(authority !== undefined && { name: authority }) }, `feeds/${path}`);
  return {
    idOf,
    represent: (spec, format, entries, changedAt, { converter, ...facts } = {}) => {
      // How many entries are shown does not change what the feed is.
      const meaning = canonicalQuery({ ...facts.parameters, limit: undefined });
      const id = idOf(meaning === '' ? spec.path : `${spec.path}?${meaning}`);
      const plain = feedHead(spec, format, entries, { id, site, foundedAt: at, ...facts });
      const head = converter ? headInScript(plain, converter) : plain;
      const body = assemble(format, head, entries);
      const hash = hashOf(body);
      return represent(body, {
        hash,
        contentType: mediaTypes[format],
        lastModified: changedAt(hash),
        link: linkHeader(head, format),
        sources: spec.of.kind === 'source' ? [spec.of.id] : sourcesOf(entries),
      });
    },
  };
}

function sourcesOf(entries: readonly Pick<RenderedEntry, 'sources'>[]): readonly string[] {
  return [...new Set(entries.flatMap(({ sources }) => sources))];
}
