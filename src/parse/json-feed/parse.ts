import type { FeedFormat } from '../../model/feed.ts';
import { FeedParseError } from '../../model/errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** JSON Feed 1 and 1.1: the document's own objects. */
export interface JsonFeedWire {
  readonly format: FeedFormat;
  readonly feed: JsonObject;
  readonly items: readonly JsonObject[];
}

/** @throws FeedParseError `json-syntax` with a line, or `not-a-feed` for JSON of another kind */
export function parseJsonFeed(text: string): JsonFeedWire {
  const document = readJson(text);
  if (!isObject(document) || !isJsonFeed(document)) {
    throw new FeedParseError(
      'not-a-feed',
      'parse: JSON, but no JSON Feed: it has neither its version nor items',
      { line: 1 },
    );
  }
  const { version, items } = document;
  return {
    format:
      typeof version === 'string' && /version\/1(?:\.0)?\/?$/.test(version.trim())
        ? 'json-feed-1'
        : 'json-feed-1.1',
    feed: document,
    items: Array.isArray(items) ? items.filter(isObject) : [],
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJsonFeed(document: JsonObject): boolean {
  const { version, items } = document;
  return (typeof version === 'string' && version.includes('jsonfeed.org')) || Array.isArray(items);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const before = position === undefined ? '' : text.slice(0, Number(position));
    const line = before.split('\n').length;
    throw new FeedParseError('json-syntax', `parse: the JSON is broken off or malformed at line ${line}`, {
      line,
    });
  }
}
