import { atomTail, renderAtomHead } from './atom/feed.ts';
import { renderAtomEntry } from './atom/entry.ts';
import type { Entry, FeedHead } from './entry.ts';
import { jsonFeedTail, renderJsonFeedHead, renderJsonFeedItem } from './json-feed.ts';
import { feedFormats, type FeedFormatName } from './representation.ts';
import { renderRssItem, renderRssShell } from './rss.ts';
import { soundEntry } from './sound.ts';

/** No feed is larger than 2 MB, whatever its entries hold; its head has a part of that. */
export const maxEntriesBytes = 2 * 1024 * 1024 - 64 * 1024;

/** An entry rendered once, in every format where all feeds that hold it share it. */
export interface RenderedEntry<Format extends FeedFormatName = FeedFormatName> {
  readonly updated: string;
  /** The sources that report it. */
  readonly sources: readonly string[];
  readonly bytes: Readonly<Record<Format, Buffer>>;
  /** What it takes in the format in which it takes most, so that all formats hold the same entries. */
  readonly size: number;
}

export function renderEntry<Format extends FeedFormatName = FeedFormatName>(
  given: Entry,
  feedLanguage: string,
  formats: readonly Format[] = feedFormats as readonly FeedFormatName[] as readonly Format[],
): RenderedEntry<Format> {
  const entry = soundEntry(given);
  const bytes = Object.fromEntries(
    formats.map((format) => [format, Buffer.from(renderers[format](entry, feedLanguage))]),
  ) as Record<Format, Buffer>;
  return {
    updated: entry.updated ?? entry.published ?? '',
    sources: entry.reportedBy ?? [],
    bytes,
    size: Math.max(...formats.map((format) => bytes[format].length)) + jsonSeparator.length,
  };
}

const renderers: Readonly<Record<FeedFormatName, (entry: Entry, feedLanguage: string) => string>> = {
  atom: renderAtomEntry,
  rss: renderRssItem,
  json: renderJsonFeedItem,
};

/** The first entries, as many as one document may hold. */
export function firstThatFit<Sized extends { readonly size: number }>(
  entries: readonly Sized[],
): readonly Sized[] {
  let room = maxEntriesBytes;
  const tooMuch = entries.findIndex(({ size }) => (room -= size) < 0);
  return tooMuch === -1 ? entries : entries.slice(0, tooMuch);
}

/** A whole document: the head, the entries, the tail. */
export function assemble<Format extends FeedFormatName>(
  format: Format,
  head: FeedHead,
  entries: readonly RenderedEntry<Format>[],
): Buffer {
  const { start, separator, end } = shellOf(format, head);
  const parts = entries.flatMap(({ bytes }, index) =>
    index === 0 ? [bytes[format]] : [separator, bytes[format]],
  );
  return Buffer.concat([start, ...parts, end]);
}

const jsonSeparator = ',\n';

function shellOf(format: FeedFormatName, head: FeedHead): { start: Buffer; separator: Buffer; end: Buffer } {
  const shell = (start: string, separator: string, end: string) => ({
    start: Buffer.from(start),
    separator: Buffer.from(separator),
    end: Buffer.from(end),
  });
  switch (format) {
    case 'atom':
      return shell(renderAtomHead(head), '', atomTail);
    case 'rss': {
      const rss = renderRssShell(head);
      return shell(rss.head, '', rss.tail);
    }
    case 'json':
      return shell(renderJsonFeedHead(head), jsonSeparator, jsonFeedTail);
  }
}
