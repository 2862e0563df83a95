import type { Item } from '../model/feed.ts';
import type { KeyVersion } from '../model/settings.ts';
import { firstSentence } from '../text/sentence.ts';
import { htmlToText } from '../text/html/to-text.ts';
import { canonicalUrl } from '../text/url.ts';
import { apiIdOf, isAbsoluteIri } from './entry-id.ts';
import { hashKey, titleKey } from './title-key.ts';

/** What an item's title says to merging. */
export interface TitleFacts {
  readonly titleKey: string;
  /** Absent where the key is empty. */
  readonly titleHash?: string;
  /** Whether the source cut the title, so that its key is the beginning of the whole title's. */
  readonly cut: boolean;
  /** Whether the title holds U+FFFD, in which case nobody knows what it says. */
  readonly damaged: boolean;
}

/** An item as a document lists it, with what it says for itself, before it is identified. */
export interface Listed extends TitleFacts {
  readonly item: Item;
  /** The item as it is stored, and as it is compared with what is stored. */
  readonly itemJson: string;
  /** The canonical URL; absent for a site's root, which stands for no item. */
  readonly url?: string;
  /** Absent where nobody has looked for them yet. */
  readonly topics?: readonly string[];
  /** The item's own id and the API's name for it, where it can be an Atom id. */
  readonly ownEntry?: { readonly entryId: string; readonly apiId: string };
  /** The title's hash that item keys are made of: by the first rules for ever. */
  readonly firstHash?: string;
  /** The key that the digest it is a part of was first known by, and its place there, from 0. */
  readonly partOf?: { readonly root: string; readonly place: number };
}

/** What an item is recognised by: in its source by the item key, across sources by the title and the URL. */
export interface Identified extends Listed {
  /** Place in the document, from 0. */
  readonly position: number;
  /** `id:…`, `url:…`, `title:…` or `text:…`: the first of these that is useful; `part:…` for a digest's part. */
  readonly itemKey: string;
  /** Keys it may have had when its id or its URL was of use and is not now, or the other way round. */
  readonly otherKeys: readonly string[];
  /** The source's own id, where the source's ids are useful. */
  readonly id?: string;
  /** The canonical URL, where it is evidence of identity. */
  readonly urlKey?: string;
}

/** What title keys are made by. */
export interface TitleRules {
  /** 1 if absent. Item keys are made by the first for ever. */
  readonly keyVersion?: KeyVersion;
  /** The columns that the source lists. */
  readonly columns?: readonly string[];
}

/** What has to be known to identify the items of a document. */
export interface Evidence {
  /** Whether the source's ids tell its items apart. */
  readonly idsUseful: boolean;
  /** Canonical URLs that several of the source's stored items have. */
  readonly sharedUrls: ReadonlySet<string>;
}

/** An item with all of its evidence that depends on nothing else. */
export function listItem(item: Item, rules: TitleRules = {}): Listed {
  const url = item.url === undefined ? undefined : canonicalUrl(item.url);
  const facts = titleFacts(item, rules);
  const { titleHash: firstHash } =
    (rules.keyVersion ?? 1) === 1 ? facts : titleFacts(item, { ...rules, keyVersion: 1 });
  const entryId = ownId(item);
  return {
    item,
    itemJson: JSON.stringify(item),
    ...(entryId !== undefined &&
      isAbsoluteIri(entryId) && { ownEntry: { entryId, apiId: apiIdOf(entryId) } }),
    ...(url !== undefined && !isSiteRoot(url) && { url }),
    ...facts,
    ...(firstHash !== undefined && { firstHash }),
  };
}

/**
 * Whether a document proves that its source's ids tell nothing apart: one of them stands at different links,
 * or, where there are no links, at different words. From then on they are not used.
 */
export function idsCollide(listed: readonly Listed[]): boolean {
  const bearers = new Map<string, string>();
  for (const { item, url } of listed) {
    const id = ownId(item);
    if (id === undefined) continue;
    const bearer = url ?? wordsOf(item);
    if ((bearers.get(id) ?? bearer) !== bearer) return true;
    bearers.set(id, bearer);
  }
  return false;
}

/**
 * The items of one document with their keys, each key once: where a document lists an item twice, the first
 * listing counts.
 */
export function identifyItems(listed: readonly Listed[], { idsUseful, sharedUrls }: Evidence): Identified[] {
  const ambiguous = ambiguousUrls(listed, idsUseful);
  const isEvidence = (url: string) => !ambiguous.has(url) && !sharedUrls.has(url);
  const byKey = new Map<string, Identified>();
  for (const [position, entry] of listed.entries()) {
    const identified = identify(entry, position, { idsUseful, isEvidence });
    if (!byKey.has(identified.itemKey)) byKey.set(identified.itemKey, identified);
  }
  return [...byKey.values()];
}

/** What {@link identify} knows of the document that an item is listed in. */
interface Circumstances {
  readonly idsUseful: boolean;
  readonly isEvidence: (url: string) => boolean;
}

function identify(entry: Listed, position: number, { idsUseful, isEvidence }: Circumstances): Identified {
  const { item, url } = entry;
  const id = idsUseful ? ownId(item) : undefined;
  const urlKey = url !== undefined && isEvidence(url) ? url : undefined;
  return {
    ...entry,
    position,
    ...itemKeys(entry, { id, urlKey }),
    ...(id !== undefined && { id }),
    ...(urlKey !== undefined && { urlKey }),
  };
}

/** An untitled item's title is its first sentence. */
export function titleFacts(item: Item, { keyVersion = 1, columns = [] }: TitleRules): TitleFacts {
  const title = item.title ?? firstSentence(htmlToText(item.summary ?? item.content ?? ''));
  const { column, parts } = item;
  // A digest's name is a part of its title: without it, the title would be the title of another's story.
  const affixes = parts === undefined ? { ...(column !== undefined && { column }), columns } : {};
  const key = titleKey(title, { ...affixes, version: keyVersion });
  return {
    titleKey: key,
    ...(key !== '' && { titleHash: hashKey(key) }),
    cut: isCut(title),
    damaged: title.includes('\uFFFD'),
  };
}

function itemKeys(
  { item, itemJson, url, partOf, firstHash }: Listed,
  useful: { readonly id: string | undefined; readonly urlKey: string | undefined },
): Pick<Identified, 'itemKey' | 'otherKeys'> {
  if (partOf) {
    const fragment = url?.split('#', 2)[1] ?? '';
    return { itemKey: `part:${hashKey(`${partOf.root}\n${partOf.place}\n${fragment}`)}`, otherKeys: [] };
  }
  const id = ownId(item);
  const byId = id === undefined ? undefined : `id:${id}`;
  const byUrl = url === undefined ? undefined : `url:${url}`;
  const byTitle = firstHash === undefined ? undefined : `title:${firstHash}`;
  const itemKey =
    (useful.id === undefined ? undefined : byId) ??
    (useful.urlKey === undefined ? undefined : byUrl) ??
    byTitle ??
    `text:${hashKey(item.content ?? item.summary ?? itemJson)}`;
  return {
    itemKey,
    otherKeys: [byId, byUrl, byTitle].filter((other) => other !== undefined && other !== itemKey) as string[],
  };
}

/**
 * The canonical URLs that stand for several items of the document: podcasts, status pages and forums link many
 * items to one page. An item that is listed twice is one item.
 */
function ambiguousUrls(listed: readonly Listed[], idsUseful: boolean): ReadonlySet<string> {
  const bearers = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { item, url } of listed) {
    if (url === undefined) continue;
    const bearer = (idsUseful ? ownId(item) : undefined) ?? wordsOf(item);
    if ((bearers.get(url) ?? bearer) !== bearer) ambiguous.add(url);
    bearers.set(url, bearer);
  }
  return ambiguous;
}

function wordsOf({ title, summary, content }: Item): string {
  return title ?? summary ?? content ?? '';
}

function isSiteRoot(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/?$/i.test(url);
}

function ownId({ id }: Item): string | undefined {
  return id === undefined || /^(?:n\/?a|null|none|undefined|0|-)?$/i.test(id.trim()) ? undefined : id;
}

/** A title that its source cut ends in an ellipsis after 20 characters or more, the last of them no digit. */
function isCut(title: string): boolean {
  if (!title.endsWith('…') && !title.endsWith('...')) return false;
  const [, text] = /^(.*?)\s*(?:…+|\.{3,})$/su.exec(title.slice(0, 1100)) ?? [];
  return text !== undefined && Array.from(text).length >= 20 && !/\p{Nd}$/u.test(text);
}
