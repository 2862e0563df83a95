import type { Warning } from '../../model/feed.ts';
import type { WallClock } from '../../text/dates/calendar.ts';

/** A news agency's short reports of one day, each with the time of day (财联社电报). */
export interface TelegraphWire {
  readonly kind: 'telegraph';
  /** Of the heading, without level and date: 财联社电报. */
  readonly title: string;
  /** How important the reports are: 普通, 加红. */
  readonly level?: string;
  readonly items: readonly TelegraphItem[];
  readonly warnings: readonly Warning[];
}

export interface TelegraphItem {
  /** 1-based. */
  readonly line: number;
  /** What the clocks showed where the agency is, to the minute. */
  readonly time: WallClock;
  readonly title?: string;
  /** The inner brackets of a title: 【【column】title】. */
  readonly column?: string;
  /** As printed, dateline and attribution included. */
  readonly body: string;
  /** `… (央视新闻)` */
  readonly source?: string;
  /** Names of reporters as printed: `…（财联社记者 王明）`. */
  readonly reporters?: string;
}
