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

/** dc:date is an item's only date in most feeds that have it; beside a pubDate it is that of the last change. */
export function itemUpdated(item: XmlElement, context: NormalizeContext): Timestamp | undefined {
  const updated = firstDate(item, updatedChain, context);
  if (updated !== undefined || firstDate(item, ['pubdate'], context) === undefined) return updated;
  return firstDate(item, ['dc:date'], context);
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
    return token === undefined ? undefined : readDate(token, context);
  });
}

export function readDate(text: string, context: NormalizeContext): Timestamp | undefined {
  return parseDate(text, {
    timezone: context.timezone,
    ...(context.now === undefined ? {} : { now: context.now }),
  });
}
