import { formatTimestamp } from '../timestamp.ts';
import { zonedDate } from '../zones.ts';
export interface DateOptions {
  readonly timezone?: string;
  readonly now?: Date;
  readonly language?: string;
}
export function parseDate(text: string, options: DateOptions = {}): string | undefined {
  const plain = /^(\d{4})[-/](\d\d?)[-/](\d\d?)[T ]+(\d\d?):(\d\d)(?::(\d\d))?$/.exec(text.trim());
  if (plain !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = plain
      .slice(1)
      .map((n) => Number(n ?? 0));
    const date = zonedDate({ year, month, day, hour, minute, second }, options.timezone ?? 'UTC');
    return date && formatTimestamp(date);
  }
  return formatTimestamp(new Date(text.replace(/ +([+-]\d{4})$/, '$1')));
}
