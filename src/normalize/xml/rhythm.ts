import type { Rhythm } from '../../model/feed.ts';
import { named, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { known } from '../known.ts';
import { firstOf } from './chain.ts';
import { readDate } from './dates.ts';
import { tokenOf } from './text-construct.ts';
import { updatePeriodMinutes } from './ttl.ts';

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** RSS's skipHours and skipDays, and what the syndication module says of when a feed changes. */
export function feedRhythm(feed: XmlElement, context: NormalizeContext): Rhythm | undefined {
  const base = firstOf(feed, ['sy:updatebase'], (element) => readDate(tokenOf(element) ?? '', context));
  const rhythm = known<Rhythm>({
    base,
    periodMinutes: base === undefined ? undefined : updatePeriodMinutes(feed),
    skipHours: listOf(feed, 'skiphours', 'hour', hourOf),
    skipDays: listOf(feed, 'skipdays', 'day', dayOf),
  });
  return Object.keys(rhythm).length === 0 ? undefined : rhythm;
}

/** The numbers that stand in a list, ascending; undefined for a list that leaves no time at all. */
function listOf(
  feed: XmlElement,
  list: string,
  name: string,
  read: (token: string) => number | undefined,
): readonly number[] | undefined {
  const elements = named(feed, list).flatMap((element) => named(element, name));
  const numbers = new Set(elements.flatMap((element) => read(tokenOf(element) ?? '') ?? []));
  const all = name === 'hour' ? 24 : dayNames.length;
  return numbers.size === 0 || numbers.size === all ? undefined : [...numbers].sort((a, b) => a - b);
}

/** 24 is midnight, too: RSS 0.91 counts from 1. */
function hourOf(token: string): number | undefined {
  return /^\d{1,2}$/.test(token) && Number(token) <= 24 ? Number(token) % 24 : undefined;
}

function dayOf(token: string): number | undefined {
  const day = dayNames.indexOf(token.toLowerCase());
  return day < 0 ? undefined : day;
}
