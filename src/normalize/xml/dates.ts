import type { Timestamp } from '../../model/feed.ts';
import type { XmlElement } from '../../parse/xml/element.ts';
import { parseDate } from '../../text/dates/parse-date.ts';
import type { NormalizeContext } from '../context.ts';
import { firstOf } from './chain.ts';
import { tokenOf } from './text-construct.ts';

const itemPublishedChain = [
  'pubdate',
  'atom:published',
  'atom:issued',
  'dcterms:issued',
  'dc:date',
  'atom:pubdate',
  'published',
  'issued',
  'dcterms:created',
  'atom:created',
  'created',
  'dcterms:date',
  'date',
];

const updatedChain = [
  'atom:updated',
  'atom:modified',
  'dcterms:modified',
  'updated',
  'modified',
  'lastbuilddate',
];

const itemUpdatedChain = [...updatedChain, 'dc:date'];

const feedPublishedChain = [
  'pubdate',
  'atom:published',
  'atom:issued',
  'dcterms:issued',
  'dcterms:created',
  'atom:created',
  'published',
];

const feedUpdatedChain = [
  'lastbuilddate',
  ...updatedChain,
  'dc:date',
  'dcterms:date',
  'atom:lastbuilddate',
  'date',
];

export function itemPublished(item: XmlElement, context: NormalizeContext): Timestamp | undefined {
  return firstDate(item, itemPublishedChain, context);
}

/** dc:date names no event: it is the last change, and where nothing else is given the publication as well. */
export function itemUpdated(item: XmlElement, context: NormalizeContext): Timestamp | undefined {
  return firstDate(item, itemUpdatedChain, context);
}

export function feedPublished(feed: XmlElement, context: NormalizeContext): Timestamp | undefined {
  return firstDate(feed, feedPublishedChain, context);
}

export function feedUpdated(feed: XmlElement, context: NormalizeContext): Timestamp | undefined {
  return firstDate(feed, feedUpdatedChain, context);
}

/** The first of a chain that can be read as a date. */
function firstDate(
  parent: XmlElement,
  chain: readonly string[],
  context: NormalizeContext,
): Timestamp | undefined {
  return firstOf(parent, chain, (element) => {
    const token = tokenOf(element);
    if (token === undefined) return undefined;
    const date = readDate(token, context);
    if (date === undefined) warnOfDate(token, element, context);
    return date;
  });
}

/** At most so many dates that were not understood are named. */
const maxDateWarnings = 10;

function warnOfDate(token: string, { offset }: XmlElement, { warnings, lineOf }: NormalizeContext): void {
  const code = 'date-not-understood';
  if (warnings.filter((warning) => warning.code === code).length >= maxDateWarnings) return;
  const message = `“${token.slice(0, 80)}” is not a date`;
  const line = lineOf?.(offset);
  if (warnings.some((warning) => warning.message === message && warning.line === line)) return;
  warnings.push({ code, message, ...(line === undefined ? {} : { line }) });
}

export function readDate(text: string, context: NormalizeContext): Timestamp | undefined {
  return parseDate(text, {
    timezone: context.timezone,
    ...(context.now === undefined ? {} : { now: context.now }),
  });
}
