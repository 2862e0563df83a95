import type { Warning } from '../../model/feed.ts';

/** An RSS feed that was turned into Markdown, one document of many items (36kr). */
export interface MarkdownDigestWire {
  readonly kind: 'markdown-digest';
  readonly items: readonly MarkdownDigestItem[];
  readonly warnings: readonly Warning[];
}

export interface MarkdownDigestItem {
  /** 1-based, of the title. */
  readonly line: number;
  readonly title: string;
  /** As printed, with `?f=rss`. */
  readonly link: string;
  /** Markdown between blank lines; the lead comes first, without its `>`. */
  readonly blocks: readonly string[];
}
