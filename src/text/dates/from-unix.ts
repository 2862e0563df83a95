import { formatTimestamp } from '../timestamp.ts';
/** Unix time in seconds or, from 1e11 on, milliseconds. */
export function fromUnix(value: number): string | undefined {
  return formatTimestamp(new Date(Math.abs(value) < 1e11 ? value * 1000 : value));
}
