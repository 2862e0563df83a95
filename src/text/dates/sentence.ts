import { readClock, type ClockTime } from './clock.ts';
import { monthNames } from './names.ts';
import { innerZone, leadingZone, trailingZone } from './zone.ts';

export interface Sentence {
  /** What is left when everything else is taken out. */
  readonly dayText: string;
  readonly time: ClockTime;
  /** What the zone can be, likeliest first; empty when the text does not say. */
  readonly zones: readonly string[];
}

const midnight: ClockTime = { hour: 0, minute: 0, second: 0 };
const eastAsianWeekday =
  /(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[日月火水木金土]曜日?|[월화수목금토일]요일/g;

/** Takes a date in plain text apart: comments, weekday, time and zone go, the day stays. */
export function splitSentence(plain: string): Sentence {
  const { text, comments } = splitComments(plain);
  const inner = innerZone(text);
  const sentence = (inner?.rest ?? text).replace(eastAsianWeekday, ' ');
  const clock = readClock(sentence);
  const after = (clock?.after ?? sentence).trim();
  const zone = (clock && leadingZone(after)) ?? trailingZone(after);
  const aside = comments.map(leadingZone).find((comment) => comment?.rest === '');
  return {
    dayText: withoutWeekday(tidy(`${clock?.before ?? ''} ${zone?.rest ?? after}`)),
    time: clock?.time ?? midnight,
    zones: (inner ?? zone ?? aside)?.zones ?? [],
  };
}

/**
 * RFC 822 comments, which may nest, and RFC 9557 suffixes (`[Asia/Shanghai]`); sometimes one is all that names
 * the zone: `12:00:00 (EST)`.
 */
function splitComments(plain: string): { text: string; comments: readonly string[] } {
  const comments: string[] = [];
  let text = '';
  let depth = 0;
  for (const part of plain.split(/([()[\]])/)) {
    if (part === '(' || part === '[') depth++;
    else if (part === ')' || part === ']') depth = Math.max(0, depth - 1);
    else if (depth === 0) text += `${part} `;
    else comments.push(part);
  }
  return { text: tidy(text), comments };
}

/** A first word before a comma is a weekday, in whatever language, unless it is a month (`January, 5`). */
function withoutWeekday(text: string): string {
  const [all = '', word = ''] = /^(\p{L}+)\.?,/u.exec(text) ?? [];
  return all === '' || monthNames.has(word) ? text : tidy(text.slice(all.length));
}

function tidy(text: string): string {
  return text.replace(/ +/g, ' ').replace(/^[ ,;|·.-]+|[ ,;|·.-]+$/g, '');
}
