import type { Warning } from '../model/feed.ts';
import type { AtomWire } from './atom/read-atom.ts';
import type { CdfWire } from './cdf/read-cdf.ts';
import type { JsonFeedWire } from './json-feed/parse.ts';
import type { MarkdownDigestWire } from './markdown-digest/wire.ts';
import type { RssWire } from './rss/read-rss.ts';
import type { StrippedRssWire } from './stripped-rss/wire.ts';
import type { TagPageWire } from './tag-page/wire.ts';
import type { TelegraphWire } from './telegraph/wire.ts';

/** A document as its format has it, before anything is made of it. */
export type Wire =
  | { readonly kind: 'rss'; readonly wire: RssWire }
  | { readonly kind: 'atom'; readonly wire: AtomWire }
  | { readonly kind: 'cdf'; readonly wire: CdfWire }
  | { readonly kind: 'json-feed'; readonly wire: JsonFeedWire }
  | { readonly kind: 'markdown-digest'; readonly wire: MarkdownDigestWire }
  | { readonly kind: 'tag-page'; readonly wire: TagPageWire }
  | { readonly kind: 'stripped-rss'; readonly wire: StrippedRssWire }
  | { readonly kind: 'telegraph'; readonly wire: TelegraphWire };

export type WireDocument = Wire & {
  /** The charset in effect, a lower-case WHATWG name. */
  readonly encoding: string;
  /** What decoding and reading repaired. */
  readonly warnings: readonly Warning[];
};
