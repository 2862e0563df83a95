import type { ParsedFeed } from '../model/feed.ts';
import type { RssWire } from '../parse/rss/read-rss.ts';
import type { NormalizeContext } from './context.ts';
import { normalizeXmlFeed } from './xml/feed.ts';
import { normalizeXmlItem } from './xml/item.ts';

export function normalizeRss(wire: RssWire, context: NormalizeContext): ParsedFeed {
  return {
    feed: normalizeXmlFeed(wire.channel, wire.format, context),
    items: wire.items.map((item) => normalizeXmlItem(item, context)),
    warnings: [],
  };
}
