import { isTimezone } from '../zones.ts';
import { monthNames, silentWords } from './names.ts';
import { zoneNames } from './zone-names.ts';

export interface ZoneReading {
  /** What the text can mean, the likeliest first, as `zonedDate` takes it; empty for a name that nobody knows. */
  readonly zones: readonly string[];
  readonly rest: string;
}

/** `-0700`, `+8:00`, `GMT+8`, `UTC+08:00`, `MST-07:00`, `--0700`, `-0700 MST` */
const offset =
  /^[ ,:]*(?:([a-z]{1,5}) ?)?-?([+-]\d{1,2}(?::?\d\d){0,2})(?![\d:./-])(?: ?(\p{L}{1,5})(?!\p{L}))?/u;
const ianaName = /^[ ,]*([a-z]+(?:\/[a-z0-9_+-]+)+)/;
const abbreviation = /^[ ,]*(\p{L}{1,5})(?!\p{L})\.?(?= ?\d| ?$)/u;
const unknownName = /^ ?([a-z]{3,5})$/;

/** The zone that a plain text begins with, and what follows it. */
export function leadingZone(text: string): ZoneReading | undefined {
  const numeric = offset.exec(text);
  if (numeric !== null) {
    const [all, name, hours = '', echo = ''] = numeric;
    if (name !== undefined && !zoneNames.has(name)) return undefined;
    const length = zoneNames.has(echo) ? all.length : all.length - echo.length;
    return { zones: [hours], rest: text.slice(length) };
  }
  const iana = ianaName.exec(text);
  if (iana !== null) {
    const [all, name = ''] = iana;
    return isTimezone(name) ? { zones: [name], rest: text.slice(all.length) } : undefined;
  }
  const [all = '', name = ''] = abbreviation.exec(text) ?? [];
  const zones = zoneNames.get(name);
  return zones === undefined ? unknownZone(text) : { zones, rest: text.slice(all.length) };
}

/** The zone that a plain text ends with, after a space, and what stands before it; `2026 r.` is no zone. */
export function trailingZone(text: string): ZoneReading | undefined {
  const space = text.lastIndexOf(' ');
  const word = text.slice(space + 1);
  if (space < 0 || silentWords.has(word)) return undefined;
  const zone = leadingZone(word);
  return zone?.rest === '' && zone.zones.length > 0
    ? { zones: zone.zones, rest: text.slice(0, space) }
    : undefined;
}

/** A zone that East Asian texts name anywhere (北京时间), and the text without it. */
export function innerZone(text: string): ZoneReading | undefined {
  const [name = ''] = /\p{L}{2}(?:时间|時間|시간)/u.exec(text) ?? [];
  const zones = zoneNames.get(name);
  return zones && { zones, rest: text.replace(name, ' ') };
}

/** RFC 5322 section 4.3: names of three to five letters that nobody knows tell nothing about the zone. */
function unknownZone(text: string): ZoneReading | undefined {
  const [, name = ''] = unknownName.exec(text) ?? [];
  return name === '' || silentWords.has(name) || monthNames.has(name) ? undefined : { zones: [], rest: '' };
}
