import type { Warning } from '../../model/feed.ts';

/** An RSS feed whose tags were taken out, but for the CDATA marks that survived it (wallstreetcn). */
export interface StrippedRssWire {
  readonly kind: 'stripped-rss';
  readonly channel?: StrippedRssChannel;
  readonly items: readonly StrippedRssItem[];
  readonly warnings: readonly Warning[];
}

export interface StrippedRssChannel {
  readonly title: string;
  readonly link: string;
  readonly language?: string;
}

export interface StrippedRssItem {
  /** 1-based, of the title. */
  readonly line: number;
  readonly title: string;
  readonly link: string;
  /** Lines that are not blank, the marks of list items included. */
  readonly paragraphs: readonly string[];
  readonly creator?: string;
  /** RFC 822, with its zone. */
  readonly pubDate?: string;
}
