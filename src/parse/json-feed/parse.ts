import { FeedParseError } from '../../model/errors.ts';
import type { FeedFormat, Warning } from '../../model/feed.ts';
import { isTooDeep, repairJson } from './repair.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** JSON Feed 1 and 1.1: the document's own objects. */
export interface JsonFeedWire {
  readonly format: FeedFormat;
  readonly feed: JsonObject;
  readonly items: readonly JsonObject[];
  readonly warnings: readonly Warning[];
}

/** @throws FeedParseError `json-syntax` with a line, or `not-a-feed` for JSON of another kind */
export function parseJsonFeed(text: string): JsonFeedWire {
  const { value, warnings } = readJson(text);
  const feed = isObject(value) ? value : {};
  const { version, items } = feed;
  if (!isFeedVersion(version) && !namesFeed(feed) && !looksLikeItems(items)) {
    throw new FeedParseError('not-a-feed', 'parse: JSON, but not a JSON Feed', { line: 1 });
  }
  return {
    format:
      isFeedVersion(version) && /\/version\/1(?:\.0)?\/?$/.test(version.trim())
        ? 'json-feed-1'
        : 'json-feed-1.1',
    feed,
    items: listOf(items),
    warnings,
  };
}

/** The objects of a list; what else is in it is left out, and what is no list is empty. */
export function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFeedVersion(version: unknown): version is string {
  return typeof version === 'string' && /jsonfeed\.org\/version/i.test(version);
}

/** Some feeds forget their version; two keys of theirs no other JSON has. */
function namesFeed(feed: JsonObject): boolean {
  return ['feed_url', 'home_page_url'].some((key) => typeof feed[key] === 'string');
}

/** Without these, too, their items show what they are. */
function looksLikeItems(items: unknown): boolean {
  const [first] = listOf(items);
  return (
    first !== undefined &&
    (['url', 'external_url', 'content_html', 'content_text', 'date_published'].some((key) => key in first) ||
      ['id', 'title'].every((key) => key in first))
  );
}

function readJson(text: string): { value: unknown; warnings: readonly Warning[] } {
  if (isTooDeep(text)) throw new FeedParseError('json-syntax', 'parse: JSON nested too deep', { line: 1 });
  const exact = quoteLongIds(text);
  try {
    return { value: JSON.parse(exact), warnings: [] };
  } catch (error) {
    const line = lineOfError(error, exact);
    try {
      const value: unknown = JSON.parse(repairJson(exact));
      return {
        value,
        warnings: [{ code: 'json-syntax', message: 'the JSON was malformed and has been repaired', line }],
      };
    } catch {
      throw new FeedParseError('json-syntax', `parse: line ${line}: malformed JSON`, { line });
    }
  }
}

/**
 * Numbers as ids are read as text: beyond 2^53 they would come out as another number, and those that Python
 * writes (`Infinity`) are none of JSON's.
 */
function quoteLongIds(text: string): string {
  return text.replace(/("id"\s{0,20}:\s{0,20})(-?(?:\d{16,40}|Infinity)|NaN)(?=\s{0,20}[,}])/g, '$1"$2"');
}

function lineOfError(error: unknown, text: string): number {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
}
