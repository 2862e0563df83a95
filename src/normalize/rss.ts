import type { ReadFeed } from '../model/feed.ts';
import type { RssWire } from '../parse/rss/read-rss.ts';
import type { NormalizeContext } from './context.ts';
import { newest } from './limits.ts';
import { itemPublished } from './xml/dates.ts';
import { normalizeXmlFeed, withBase } from './xml/feed.ts';
import { normalizeXmlItem } from './xml/item.ts';
import { feedRhythm } from './xml/rhythm.ts';

export function normalizeRss(
  { channel, format, items, lineOf }: RssWire,
  context: NormalizeContext,
): ReadFeed {
  const inner = { ...withBase(channel, context), lineOf };
  const rhythm = feedRhythm(channel, inner);
  return {
    feed: normalizeXmlFeed(channel, format, inner),
    items: newest(items, (item) => itemPublished(item, inner), context.warnings).map((item) =>
      normalizeXmlItem(item, inner),
    ),
    warnings: [],
    ...(rhythm && { rhythm }),
  };
}
