import type { Timestamp } from '../../model/feed.ts';
import { formatTimestamp } from '../../text/timestamp.ts';

/** Articles and newsflashes of 36kr; ids that hold a time have at least 15 digits. */
const numbered = /\/(?:p|newsflashes)\/(\d{15,19})\/?$/;

/** 2019-01-01T00:00:00+08:00 */
const epochMs = Date.UTC(2018, 11, 31, 16);
const latestMs = Date.UTC(2100, 0, 1);

/**
 * When the id at the end of a 36kr URL was made: its upper bits count milliseconds since 2019 in Beijing
 * (inferred from known pairs of id and time). Right to the minute for newsflashes, days early for articles.
 */
export function orderHint(url: string): Timestamp | undefined {
  const id = numbered.exec(new URL(url).pathname)?.[1];
  if (id === undefined) return undefined;
  const ms = epochMs + Number(BigInt(id) >> 14n);
  return ms < latestMs ? formatTimestamp(new Date(ms)) : undefined;
}
