import { formatTimestamp } from '../timestamp.ts';

/** Seconds up to here reach the year 5138, milliseconds from here on start in March 1973. */
const firstMilliseconds = 100_000_000_000;

/**
 * Unix time, in seconds or milliseconds, as a canonical timestamp; undefined when it is no number or lies
 * outside the years 1 to 9999. Only for fields that are known to hold Unix time: `parseDate` never takes a
 * bare number for it.
 */
export function fromUnix(value: number): string | undefined {
  return formatTimestamp(new Date(Math.abs(value) < firstMilliseconds ? value * 1000 : value));
}
