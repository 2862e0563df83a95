import { atomTail, renderAtomHead } from './atom/feed.ts';
import { renderAtomEntry } from './atom/entry.ts';
import type { Entry, FeedHead } from './entry.ts';
import { jsonFeedTail, renderJsonFeedHead, renderJsonFeedItem } from './json-feed.ts';
import type { FeedFormatName } from './representation.ts';
import { renderRssItem, renderRssShell } from './rss.ts';
import { soundEntry } from './sound.ts';

/** No feed is larger, whatever its entries hold. */
const maxFeedBytes = 2 * 1024 * 1024;

/** An entry in every format, rendered once and shared by all feeds that hold it. */
export interface RenderedEntry {
  readonly updated: string;
  readonly bytes: Readonly<Record<FeedFormatName, Buffer>>;
}

export function renderEntry(given: Entry, feedLanguage: string): RenderedEntry {
  const entry = soundEntry(given);
  return {
    updated: entry.updated ?? entry.published ?? '',
    bytes: {
      atom: Buffer.from(renderAtomEntry(entry, feedLanguage)),
      rss: Buffer.from(renderRssItem(entry)),
      json: Buffer.from(renderJsonFeedItem(entry, feedLanguage)),
    },
  };
}

/** A whole document: the head, as many entries as it may hold, the tail. */
export function assemble(format: FeedFormatName, head: FeedHead, entries: readonly RenderedEntry[]): Buffer {
  const { start, separator, end } = shellOf(format, head);
  const parts: Buffer[] = [start];
  let size = start.length + end.length;
  for (const [index, { bytes }] of entries.entries()) {
    const entry = bytes[format];
    size += entry.length + separator.length;
    if (size > maxFeedBytes) break;
    if (index > 0) parts.push(separator);
    parts.push(entry);
  }
  return Buffer.concat([...parts, end]);
}

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
      return shell(renderJsonFeedHead(head), ',\n', jsonFeedTail);
  }
}
