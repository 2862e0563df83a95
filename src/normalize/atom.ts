import type { ParsedFeed } from '../model/feed.ts';
import type { AtomWire } from '../parse/atom/read-atom.ts';
import type { NormalizeContext } from './context.ts';
import { normalizeXmlFeed } from './xml/feed.ts';
import { normalizeXmlItem } from './xml/item.ts';

export function normalizeAtom(wire: AtomWire, context: NormalizeContext): ParsedFeed {
  return {
    feed:
      wire.feed === undefined
        ? { format: wire.format, encoding: context.encoding }
        : normalizeXmlFeed(wire.feed, wire.format, context),
    items: wire.entries.map((entry) => normalizeXmlItem(entry, context)),
    warnings: [],
  };
}
