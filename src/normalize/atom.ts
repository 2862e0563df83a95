import type { ParsedFeed } from '../model/feed.ts';
import type { AtomWire } from '../parse/atom/read-atom.ts';
import type { NormalizeContext } from './context.ts';
import { newest } from './limits.ts';
import { itemUpdated } from './xml/dates.ts';
import { normalizeXmlFeed, withBase } from './xml/feed.ts';
import { normalizeXmlItem } from './xml/item.ts';

export function normalizeAtom(
  { feed, format, entries, lineOf }: AtomWire,
  context: NormalizeContext,
): ParsedFeed {
  const inner = { ...(feed === undefined ? context : withBase(feed, context)), lineOf };
  return {
    feed: feed === undefined ? { format, encoding: context.encoding } : normalizeXmlFeed(feed, format, inner),
    items: newest(entries, (entry) => itemUpdated(entry, inner), context.warnings).map((entry) =>
      normalizeXmlItem(entry, inner),
    ),
    warnings: [],
  };
}
