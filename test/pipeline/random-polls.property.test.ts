import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../src/model/feed.ts';
import type { Override } from '../../src/model/override.ts';
import { applyOverrides } from '../../src/pipeline/overrides.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { sweep } from '../support/sweep.ts';

/** Random polls of three sources that tell some of the same stories, in every order, with edits and restarts. */

const sources = ['harbour', 'city', 'hills'] as const;

interface Poll {
  readonly source: (typeof sources)[number];
  /** Which stories the document lists, and in which wording. */
  readonly listed: readonly { readonly number: number; readonly wording: number }[];
  readonly minutes: number;
}

const poll = fc.record<Poll>({
  source: fc.constantFrom(...sources),
  listed: fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 8 }), wording: fc.nat({ max: 2 }) }), {
    selector: ({ number }) => number,
    maxLength: 8,
  }),
  minutes: fc.integer({ min: 0, max: 240 }),
});

const wordings: readonly ((number: number) => Partial<Item>)[] = [
  () => ({}),
  (number) => ({ title: `「海港」第${number}號泊位今晨恢復通航，首批貨輪依次離港！` }),
  (number) => ({ title: `更正：第${number}号泊位明晨才恢复通航，货轮改泊锚地` }),
];

function itemsOf({ source, listed }: Poll): readonly Item[] {
  return listed.map(({ number, wording }) =>
    report(number, {
      id: `urn:${source}:${number}`,
      url: `https://${source}.example/${number}`,
      ...wordings[wording]?.(number),
    }),
  );
}

const unique = (values: readonly unknown[]) => expect(new Set(values)).toHaveLength(values.length);

/** What must hold of a store whatever was polled, removed and overridden. */
async function expectWhole(room: Newsroom): Promise<void> {
  const items = await room.items();
  const stories = await room.stories();

  unique(items.map(({ entryId }) => entryId));
  unique(items.map(({ source, itemKey }) => `${source} ${itemKey}`));
  unique(items.map(({ revision }) => revision));
  unique(stories.map(({ id }) => id));
  // Each item is a report of exactly one story.
  expect(stories.flatMap(({ reports }) => reports.map(({ key }) => key)).toSorted((a, b) => a - b)).toEqual(
    items.map(({ key }) => key).toSorted((a, b) => a - b),
  );
  const storyOf = new Map(stories.map(({ id, key }) => [id, key]));
  for (const { entryId, story } of items) expect(storyOf.get(entryId) ?? story).toBe(story);
  for (const story of stories) {
    expect(story.reports).toContainEqual(story.lead);
    expect(story.revision).toBeLessThanOrEqual(await room.store().revision());
  }
}

/** What must hold beside, where nothing was removed and nobody had a word in it. */
async function expectConsistent(room: Newsroom): Promise<void> {
  await expectWhole(room);
  for (const story of await room.stories()) {
    unique(story.reports.map(({ source }) => source));
    const [first] = story.reports;
    expect(story).toMatchObject({ id: first?.entryId, firstSeen: first?.firstSeen, sort: first?.sort });
    expect(story.published).toEqual(first?.published);
    expect(story.reports.map(({ matched }) => matched === 'first')).toEqual(
      story.reports.map((_, at) => at === 0),
    );
  }
}

/** What readers see of an item and must never change. */
async function permanent(room: Newsroom): Promise<ReadonlyMap<string, object>> {
  return new Map(
    (await room.items()).map(({ entryId, apiId, firstSeen, published, sort, arrived, story }) => [
      entryId,
      { apiId, firstSeen, published, sort, arrived, story },
    ]),
  );
}

test('any sequence of polls gives a consistent store, and what was decided stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(poll, { minLength: 1, maxLength: 12 }),
      fc.nat({ max: 12 }),
      async (polls, restartAt) => {
        await using room = await newsroom({ harbour: {}, city: {}, hills: {} });
        let before: ReadonlyMap<string, object> = new Map();
        for (const [at, next] of polls.entries()) {
          room.clock.pass(next.minutes);
          if (at === restartAt) await room.restart();
          await room.poll(next.source, itemsOf(next), { title: `第${at}版` });
          const after = await permanent(room);
          for (const [entryId, decided] of before) expect(after.get(entryId)).toEqual(decided);
          before = after;
        }
        await expectConsistent(room);
      },
    ),
    { numRuns: 30 },
  );
});

const entryId = fc
  .tuple(fc.constantFrom(...sources), fc.integer({ min: 1, max: 8 }))
  .map(([source, number]) => `urn:${source}:${number}`);
const override = fc.oneof<fc.Arbitrary<Override>[]>(
  entryId.map((id) => ({ kind: 'split', entryId: id })),
  fc.uniqueArray(entryId, { minLength: 2, maxLength: 3 }).map((entryIds) => ({ kind: 'join', entryIds })),
);

/** A poll, or days in which the rest is removed, or a word of a person that holds from then on. */
const event = fc.oneof(
  { arbitrary: poll.map((next) => ({ poll: next })), weight: 5 },
  { arbitrary: fc.constant({ sweep: true }), weight: 1 },
  { arbitrary: override.map((next) => ({ override: next })), weight: 1 },
);

test('removals, returns and overrides leave each id one entry’s, and each item what it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 16 }), async (events) => {
      const overrides: Override[] = [];
      await using room = await newsroom({ harbour: {}, city: {}, hills: {} }, { overrides });
      const decided = new Map<string, object>();
      for (const [at, next] of events.entries()) {
        if ('poll' in next) {
          room.clock.pass(next.poll.minutes);
          await room.poll(next.poll.source, itemsOf(next.poll), { title: `第${at}版` });
        } else if ('override' in next) {
          overrides.push(next.override);
          await room.store().write((transaction) => applyOverrides(transaction, overrides, room.clock.now()));
        } else {
          room.clock.pass(3 * 24 * 60);
          await sweep(room);
        }
        await expectWhole(room);
        for (const item of await room.items()) {
          const { apiId, firstSeen, published } = item;
          const known = decided.get(item.entryId);
          if (known) expect({ apiId, firstSeen, published }).toEqual(known);
          decided.set(item.entryId, { apiId, firstSeen, published });
        }
      }
      const revision = await room.store().revision();
      await room.store().write((transaction) => applyOverrides(transaction, overrides, room.clock.now()));
      expect(await room.store().revision()).toBe(revision);
    }),
    { numRuns: 30 },
  );
});

test('the same documents in another order of sources give stories of the same reports', async () => {
  const documents = fc.tuple(poll, poll, poll).map((polls) =>
    polls.map((one, at): Poll => ({
      ...one,
      source: sources[at] ?? 'harbour',
      // One wording a story: a correction in one source alone is another story, in some orders joined later.
      listed: one.listed.map(({ number }) => ({ number, wording: (number + at) % 2 })),
      minutes: 0,
    })),
  );
  const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
  await fc.assert(
    fc.asyncProperty(documents, orders, async (polls, order) => {
      const grouped = async (sequence: readonly Poll[]) => {
        await using room = await newsroom({ harbour: {}, city: {}, hills: {} });
        for (const next of sequence) await room.poll(next.source, itemsOf(next));
        return (await room.stories())
          .map(({ reports, lead }) =>
            [lead.source, ...reports.map(({ entryId }) => entryId).toSorted()].join(' '),
          )
          .toSorted();
      };
      const shuffled = order.flatMap((at) => polls[at] ?? []);
      expect(await grouped(shuffled)).toEqual(await grouped(polls));
    }),
    { numRuns: 20 },
  );
});
