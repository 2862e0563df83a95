import type { Warning } from '../../model/feed.ts';
import { addDays, epochMs, type WallClock } from '../../text/dates/calendar.ts';
import { stripDateline } from '../../text/dateline.ts';
import { documentLines, firstLine, notOfFormat, replacementWarnings, type Line } from '../documents/lines.ts';
import { spacedSource } from '../documents/spaced-source.ts';
import { leadingBracket } from './brackets.ts';
import type { TelegraphItem, TelegraphWire } from './wire.ts';

const heading = /^#\s+([^【】]+)(?:【([^【】]+)】)?([^【】]*?)\s+[-–—]\s+(\d{4})-(\d\d)-(\d\d)$/;
const period = /^>\s*统计周期[：:]\s*(\d{4})-(\d\d)-(\d\d)\s+(\d\d?):(\d\d)/;
const entry = /^\*\*\[(\d\d?):(\d\d)\]\*\*(.*)$/;

const reported = /[（(][^（）()]{0,16}?[记記]者[\s：:]{0,3}([^（）()：:]{2,40})[）)]$/;

const longestHeading = 200;
const longestSignature = 80;

/** When the day of a dump begins; a 统计周期 line may say otherwise. */
const usualStart = { hour: 5, minute: 30 };

/**
 * Reads `# agency【level】电报 - date`, the period, and entries `**[HH:MM]** 【title】body`, each on one line.
 *
 * A dump goes from the hour its period names to the same hour of the next day, so times before that hour
 * belong to the next day.
 *
 * @throws FeedParseError for a document without the heading, or with text but no entry.
 */
export function parseTelegraph(text: string): TelegraphWire {
  const all = documentLines(text);
  const first = firstLine(all, 'telegraph');
  const [, agency = '', level, rest = '', ...date] = heading.exec(first.text.slice(0, longestHeading)) ?? [];
  const headed = wallClock([...date, usualStart.hour, usualStart.minute]);
  if (headed === undefined)
    throw notOfFormat('telegraph', first.number, '"# agency【level】电报 - YYYY-MM-DD"');

  let start = headed;
  const items: TelegraphItem[] = [];
  const warnings: Warning[] = [...replacementWarnings(all)];
  const strays: Line[] = [];

  for (const line of all.slice(first.number)) {
    if (line.text === '' || line.text === '---') continue;
    if (items.length === 0 && line.text.startsWith('>')) {
      start = wallClock(period.exec(line.text)?.slice(1) ?? []) ?? start;
      continue;
    }
    const item = entryOf(line, start);
    if (item === undefined) strays.push(line);
    else items.push(item);
  }
  const [stray] = strays;
  if (items.length === 0 && stray !== undefined)
    throw notOfFormat('telegraph', stray.number, '"**[HH:MM]** 【title】text"');
  return {
    kind: 'telegraph',
    title: `${agency.trim()}${rest.trim()}`,
    ...(level !== undefined && { level }),
    items,
    warnings: [...warnings, ...strays.map(broken)],
  };
}

function entryOf(line: Line, start: WallClock): TelegraphItem | undefined {
  const [, hour, minute, rest = ''] = entry.exec(line.text) ?? [];
  const time = wallClock([start.year, start.month, start.day, hour, minute]);
  const text = rest.trim();
  if (time === undefined || text === '') return undefined;
  const bracket = leadingBracket(text);
  if (bracket === undefined && text.startsWith('【')) return undefined;

  const column = bracket && leadingBracket(bracket.inside);
  const title = column?.after ?? bracket?.inside ?? '';
  const body = bracket?.after ?? text;
  if (!saysSomething(title) && !saysSomething(stripDateline(body).text)) return undefined;
  return {
    line: line.number,
    time: onDay(time, start),
    ...(title !== '' && { title }),
    ...(column?.inside && { column: column.inside }),
    body,
    ...signature(body),
  };
}

/** A character that was cut in two is no text. */
function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function signature(body: string): { source?: string; reporters?: string } {
  const reporters = reported.exec(body.slice(-longestSignature))?.[1]?.trim();
  if (reporters) return { reporters };
  const source = spacedSource(body);
  return source === undefined ? {} : { source };
}

/** Hours before the first of the dump's day are those of the day after. */
function onDay(time: WallClock, start: WallClock): WallClock {
  const isLater = time.hour * 60 + time.minute >= start.hour * 60 + start.minute;
  return isLater ? time : { ...time, ...addDays(time, 1) };
}

/** Year to minute; undefined for what no calendar or clock shows. */
function wallClock(parts: readonly (string | number | undefined)[]): WallClock | undefined {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN] = parts.map(Number);
  const wall = { year, month, day, hour, minute, second: 0 };
  return epochMs(wall) === undefined ? undefined : wall;
}

function broken({ number }: Line): Warning {
  return {
    code: 'broken-entry',
    message: 'the line is no "**[HH:MM]** 【title】text" and is left out',
    line: number,
  };
}
