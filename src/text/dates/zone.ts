import { isTimezone } from '../zones.ts';
import { silentWords, monthNames } from './names.ts';
import { zoneNames } from './zone-names.ts';

export interface ZoneReading {
  /** What the text names, likeliest first, as `zonedDate` takes it; empty when it is a name nobody knows. */
  readonly zones: readonly string[];
  readonly rest: string;
}

/** `-0700`, `+8:00`, `GMT+8`, `UTC+08:00`, `MST-07:00`, `--0700`; a name after it (`-0700 MST`) adds nothing. */
const offset =
  /^[ ,:]*(?:(?<name>[a-z]{1,5}) ?)?-?(?<offset>[+-]\d{1,2}(?::?\d\d){0,2})(?![\d:./-])(?: ?(?<echo>\p{L}{1,5})(?!\p{L}))?/u;
const ianaName = /^[ ,]*([a-z]+(?:\/[a-z0-9_+-]+)+)/;
const abbreviation = /^[ ,]*(\p{L}{1,5})(?!\p{L})\.?(?= ?\d| ?$)/u;

/** The zone that a plain text begins with, and what follows it. */
export function leadingZone(text: string): ZoneReading | undefined {
  const numeric = offset.exec(text)?.groups;
}
