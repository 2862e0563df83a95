import type { Item } from '../model/feed.ts';
import { firstSentence } from '../text/sentence.ts';
import { htmlToText } from '../text/html/to-text.ts';
import { canonicalUrl } from '../text/url.ts';
import { hashKey, titleKey } from './title-key.ts';

/** What an item is recognised by: in its source by the item key, across sources by the title and the URL. */
export interface Identified {
  readonly item: Item;
  /** Place in the document, from 0. */
  readonly position: number;
  /** `id:…`, `url:…`, `title:…` or `text:…`: the first of these that is useful. */
  readonly itemKey: string;
  /** The source's own id, where the source's ids are useful. */
  readonly id?: string;
  readonly titleKey: string;
  /** The canonical URL, where it is evidence of identity. */
  readonly urlKey?: string;
  /** Whether the source cut the title, so that its key is the beginning of the whole title's. */
  readonly cut: boolean;
  /** Whether the title holds U+FFFD, in which case nobody knows what it says. */
  readonly damaged: boolean;
}

/**
 * Whether a source's ids tell its items apart: they are there, and no two items with different links share
 * one. Decided when a source is first read, and again only when a document proves it wrong.
 */
export function idsAreUseful(items: readonly Item[]): boolean {
  const linkOf = new Map<string, string>();
  for (const { id, url = '' } of items) {
    if (id === undefined || isNoId(id)) continue;
    const link = linkOf.get(id);
    if (link !== undefined && link !== url) return false;
    linkOf.set(id, url);
  }
  return linkOf.size > 0;
}

/**
 * The items of one document with their keys, each key once: where a document lists an item twice, the first
 * listing counts.
 */
export function identifyItems(items: readonly Item[], idsUseful: boolean): readonly Identified[] {
  const evidence = evidenceUrls(items);
  const byKey = new Map<string, Identified>();
  for (const [position, item] of items.entries()) {
    const identified = identify(item, position, idsUseful, evidence);
    if (!byKey.has(identified.itemKey)) byKey.set(identified.itemKey, identified);
  }
  return [...byKey.values()];
}

function identify(
  item: Item,
  position: number,
  idsUseful: boolean,
  evidence: ReadonlySet<string>,
): Identified {
  const title = item.title ?? firstSentence(htmlToText(item.summary ?? item.content ?? ''));
  // A digest's name is a part of its title: without it, the title would be the title of another's story.
  const column = item.parts === undefined ? item.column : undefined;
  const key = titleKey(title, column === undefined ? {} : { column });
  const id = idsUseful && item.id !== undefined && !isNoId(item.id) ? item.id : undefined;
  const url = item.url === undefined ? undefined : canonicalUrl(item.url);
  const urlKey = url !== undefined && evidence.has(url) ? url : undefined;
  return {
    item,
    position,
    itemKey: itemKey(id, urlKey, key, item),
    ...(id !== undefined && { id }),
    titleKey: key,
    ...(urlKey !== undefined && { urlKey }),
    cut: isCut(title),
    damaged: title.includes('\uFFFD'),
  };
}

function itemKey(id: string | undefined, urlKey: string | undefined, key: string, item: Item): string {
  if (id !== undefined) return `id:${id}`;
  if (urlKey !== undefined) return `url:${urlKey}`;
  if (key !== '') return `title:${hashKey(key)}`;
  return `text:${hashKey(item.content ?? item.summary ?? JSON.stringify(item))}`;
}

/**
 * The canonical URLs that stand for one item each: podcasts, status pages and forums link many items to one
 * page, and some sources link all of theirs to the site's root.
 */
function evidenceUrls(items: readonly Item[]): ReadonlySet<string> {
  const count = new Map<string, number>();
  for (const { url } of items) {
    if (url === undefined) continue;
    const key = canonicalUrl(url);
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return new Set([...count].filter(([url, times]) => times === 1 && !isSiteRoot(url)).map(([url]) => url));
}

function isSiteRoot(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/?$/i.test(url);
}

function isNoId(id: string): boolean {
  return /^(?:n\/?a|null|none|undefined|0|-)?$/i.test(id.trim());
}

/** A title that its source cut ends in an ellipsis after 20 characters or more, the last of them no digit. */
function isCut(title: string): boolean {
  const [, text] = /^(.*?)\s*(?:…+|\.{3,})$/su.exec(title.slice(0, 1100)) ?? [];
  return text !== undefined && Array.from(text).length >= 20 && !/\d$/.test(text);
}
