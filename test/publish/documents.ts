import { assemble, firstThatFit, renderEntry } from '../../src/publish/document.ts';
import type { Entry, FeedHead } from '../../src/publish/entry.ts';
import type { FeedFormatName } from '../../src/publish/representation.ts';
import { head } from './sample.ts';

/** A whole feed in a format, as it is served: as many entries as fit. */
export function documentOf(
  format: FeedFormatName,
  entries: readonly Entry[],
  feed: FeedHead = { ...head, selfUrl: `https://river.example/feeds/all.${format}` },
): string {
  const rendered = entries.map((entry) => renderEntry(entry, feed.language ?? ''));
  return assemble(format, feed, firstThatFit(rendered)).toString();
}
