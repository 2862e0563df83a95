import type { Warning } from '../../model/feed.ts';

/** The articles under one tag, a line for each title and each body (鉅亨號). */
export interface TagPageWire {
  readonly kind: 'tag-page';
  readonly tag: string;
  readonly items: readonly TagPageItem[];
  readonly warnings: readonly Warning[];
}

export interface TagPageItem {
  /** 1-based, of the title or, without one, of the body. */
  readonly line: number;
  readonly title?: string;
  readonly body: string;
  /** What stands in parentheses at the end of the body. */
  readonly source?: string;
}
