import type { Category, Enclosure, FeedInfo, Item, ParsedFeed, Person } from '../model/feed.ts';
import { isObject, listOf, type JsonFeedWire, type JsonObject } from '../parse/json-feed/parse.ts';
import { escapeHtml } from '../text/html/escape.ts';
import { plainTitle } from '../text/html/plain-title.ts';
import { foldSpace } from '../text/space.ts';
import { resolveUrl } from '../text/url.ts';
import { stripForbidden } from '../text/xml-chars.ts';
import type { NormalizeContext } from './context.ts';
import { richText } from './html-field.ts';
import { known } from './known.ts';
import { newest } from './limits.ts';
import { languageTag } from './language.ts';
import { mergePeople, person } from './people.ts';
import { readDate } from './xml/dates.ts';
import { enclosure } from './xml/media.ts';

/** https://www.jsonfeed.org/version/1.1/ */
export function normalizeJsonFeed(
  { format, feed, items }: JsonFeedWire,
  context: NormalizeContext,
): ParsedFeed {
  const selfUrl = url(feed, 'feed_url', context.baseUrl);
  const inner: NormalizeContext = {
    ...context,
    baseUrl: context.baseUrl ?? selfUrl ?? url(feed, 'home_page_url', undefined),
  };
  return {
    feed: known<FeedInfo>({
      format,
      encoding: context.encoding,
      title: title(feed, 'title'),
      description: title(feed, 'description'),
      homepage: url(feed, 'home_page_url', inner.baseUrl),
      selfUrl,
      hubUrl: listOf(feed['hubs'])
        .map((hub) => url(hub, 'url', inner.baseUrl))
        .find((found) => found !== undefined),
      language: languageTag(context.hints.language) ?? languageTag(text(feed, 'language')),
      authors: authors(feed, inner),
      icon: url(feed, 'icon', inner.baseUrl) ?? url(feed, 'favicon', inner.baseUrl),
    }),
    items: newest(items, (item) => date(item, 'date_published', inner), context.warnings).map((item) =>
      normalizeItem(item, inner),
    ),
    warnings: [],
  };
}

function normalizeItem(item: JsonObject, context: NormalizeContext): Item {
  const { baseUrl } = context;
  return known<Item>({
    id: idOf(item),
    title: title(item, 'title'),
    url: url(item, 'url', baseUrl) ?? url(item, 'external_url', baseUrl),
    summary: plainAsHtml(text(item, 'summary'), context),
    content: html(text(item, 'content_html'), context) ?? plainAsHtml(text(item, 'content_text'), context),
    published: date(item, 'date_published', context),
    updated: date(item, 'date_modified', context),
    authors: authors(item, context),
    categories: categories(item),
    enclosures: attachments(item, baseUrl),
    image: url(item, 'image', baseUrl) ?? url(item, 'banner_image', baseUrl),
    language:
      languageTag(context.hints.language) === undefined ? languageTag(text(item, 'language')) : undefined,
  });
}

/** A string that says something. */
function text(object: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? stripForbidden(value) : undefined;
}

/** The specification has readers turn ids of other types into strings; early feeds have numbers. */
function idOf(item: JsonObject): string | undefined {
  const { id } = item;
  return typeof id === 'number' || typeof id === 'boolean' ? String(id) : text(item, 'id')?.trim();
}

function title(object: JsonObject, key: string): string | undefined {
  return plainTitle(text(object, key) ?? '', 'text') || undefined;
}

function url(object: JsonObject, key: string, baseUrl: string | undefined): string | undefined {
  const reference = text(object, key);
  return reference === undefined ? undefined : resolveUrl(reference.trim(), baseUrl);
}

function date(object: JsonObject, key: string, context: NormalizeContext): string | undefined {
  const written = text(object, key);
  return written === undefined ? undefined : readDate(written, context);
}

function html(source: string | undefined, { baseUrl, sanitize }: NormalizeContext): string | undefined {
  return source === undefined ? undefined : richText(source, { baseUrl, sanitize });
}

function plainAsHtml(source: string | undefined, context: NormalizeContext): string | undefined {
  return source === undefined ? undefined : html(escapeHtml(source), context);
}

/** `authors` of 1.1, else `author` of 1. */
function authors(object: JsonObject, { baseUrl }: NormalizeContext): readonly Person[] | undefined {
  const people = listOf(object['authors']);
  const all = people.length > 0 ? people : isObject(object['author']) ? [object['author']] : [];
  return mergePeople(all.map((one) => author(one, baseUrl)));
}

/** Some authors give their address as a URL. */
function author(one: JsonObject, baseUrl: string | undefined): Person | undefined {
  const name = foldSpace(text(one, 'name') ?? '');
  const [, email] = /^mailto:([^?]{1,254})/i.exec(text(one, 'url')?.trim() ?? '') ?? [];
  return person(name, email, email === undefined ? url(one, 'url', baseUrl) : undefined);
}

function categories(item: JsonObject): readonly Category[] | undefined {
  const { tags } = item;
  if (!Array.isArray(tags)) return undefined;
  const terms = new Set(
    tags.filter((tag) => typeof tag === 'string').map((tag) => foldSpace(stripForbidden(tag))),
  );
  terms.delete('');
  return terms.size === 0 ? undefined : [...terms].map((term) => ({ term }));
}

function attachments(item: JsonObject, baseUrl: string | undefined): readonly Enclosure[] | undefined {
  const found = new Map<string, Enclosure>();
  for (const attachment of listOf(item['attachments'])) {
    const address = url(attachment, 'url', baseUrl);
    if (address === undefined || found.has(address)) continue;
    found.set(address, enclosure(address, text(attachment, 'mime_type'), sizeOf(attachment)));
  }
  return found.size === 0 ? undefined : [...found.values()];
}

function sizeOf({ size_in_bytes: size }: JsonObject): string | number | undefined {
  return typeof size === 'number' || typeof size === 'string' ? size : undefined;
}
