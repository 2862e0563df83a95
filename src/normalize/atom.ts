import type { ReadFeed } from '../model/feed.ts';
import type { AtomWire } from '../parse/atom/read-atom.ts';
import type { NormalizeContext } from './context.ts';
import { newest } from './limits.ts';
import { itemUpdated } from './xml/dates.ts';
import { normalizeXmlFeed, withBase } from './xml/feed.ts';
import { normalizeXmlItem } from './xml/item.ts';
import { feedRhythm } from './xml/rhythm.ts';

export function normalizeAtom(
  { feed, format, entries, lineOf }: AtomWire,
  context: NormalizeContext,
): ReadFeed {
  const inner = { ...(feed === undefined ? context : withBase(feed, context)), lineOf };
  const rhythm = feed && feedRhythm(feed, inner);
  return {
    feed: feed === undefined ? { format, encoding: context.encoding } : normalizeXmlFeed(feed, format, inner),
    items: newest(entries, (entry) => itemUpdated(entry, inner), context.warnings).map((entry) =>
      normalizeXmlItem(entry, inner),
    ),
    warnings: [],
    ...(rhythm && { rhythm }),
  };
}
