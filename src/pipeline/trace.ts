import type { PollOutcome, PollTrace } from '../model/source.ts';

/** How many of a source's last polls are remembered. */
const memory = 10;

/** The last polls, with one that began and ended at these times. */
export function traced(
  polls: readonly PollTrace[] = [],
  { kind, status = 0, bytes = 0, items = 0, new: added = 0 }: PollOutcome,
  startedAt: Date,
  endedAt: Date,
): readonly PollTrace[] {
  const known = [status, bytes, items, added];
  const length = known.findLastIndex((value) => value !== 0) + 1;
  const ms = endedAt.getTime() - startedAt.getTime();
  const last: PollTrace = [startedAt.getTime(), kind, ms, ...known.slice(0, length)];
  return [...polls, last].slice(-memory);
}
