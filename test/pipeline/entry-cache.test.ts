import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createEntryCache } from '../../src/pipeline/entry-cache.ts';
import type { EntryContext } from '../../src/publish/entries.ts';
import { collectGarbage } from '../../src/http/collect-garbage.ts';
import { reports } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

const context: EntryContext = {
  siteUrl: 'https://news.example',
  settings: { content: 'full', maxContentBytes: 65_536, sourceInTitle: 'none' },
  topicTitle: (id) => id,
  sourceOf: (id) => ({ title: id, feedId: `urn:example:${id}`, url: 'https://a.example', republish: 'full' }),
};

async function threeStories() {
  const room = await newsroom({ harbour: {} });
  onTestFinished(() => room[Symbol.asyncDispose]());
  await room.poll('harbour', reports(3));
  const cache = createEntryCache(room.store(), 'zh', () => context);
  return { cache, stories: await room.stories() };
}

test('an entry is rendered once for all feeds that hold it, and again where its story changed', async () => {
  const { cache, stories } = await threeStories();
  const first = await cache.entriesOf('story', stories);
  const second = await cache.entriesOf('story', stories.toReversed());
  expect([...second.keys()]).toEqual([...first.keys()].toReversed());
  for (const [key, entry] of first) expect(second.get(key)).toBe(entry);

  const [changed, ...others] = stories;
  if (!changed) throw new Error('no story');
  const third = await cache.entriesOf('story', [{ ...changed, revision: changed.revision + 1 }, ...others]);
  expect(third.get(changed.key)).not.toBe(first.get(changed.key));
  for (const { key } of others) expect(third.get(key)).toBe(first.get(key));
});

test('an entry is gone when no feed holds it', async () => {
  const { cache, stories } = await threeStories();
  const weakly = async () =>
    [...(await cache.entriesOf('story', stories)).values()].map((e) => new WeakRef(e));
  const entries = await weakly();
  await turn();
  collectGarbage();
  expect(entries.map((entry) => entry.deref())).toEqual([undefined, undefined, undefined]);
  expect([...(await cache.entriesOf('story', stories)).keys()]).toEqual(stories.map(({ key }) => key));
});
