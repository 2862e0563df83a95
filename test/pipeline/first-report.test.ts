import { describe, expect, test } from 'vitest';
import { listItem } from '../../src/identify/item-key.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { untouched } from '../../src/model/source.ts';
import { report } from '../support/news.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';

/** A story is its first report's: the one that was published first, as long as nobody can have seen another. */

const told = (source: string, published: string | undefined) =>
  report(1, { id: `urn:${source}:1`, url: `https://${source}.example/1`, published });

/** Takes in a report of each of these sources, in their order and in one commit. */
async function together(
  room: Newsroom,
  reports: readonly (readonly [source: string, published: string | undefined])[],
): Promise<void> {
  const { rules } = room.tools();
  await room.store().write(async (transaction) => {
    for (const [source, published] of reports) {
      const listed = [listItem(told(source, published))];
      const occasion = { now: room.clock.now(), document: 1 };
      await ingest(transaction, room.source(source), untouched, listed, occasion, rules);
    }
  });
}

const sources = { harbour: {}, city: {}, hills: {} };
const [seven, eight] = ['2026-01-06T07:00:00Z', '2026-01-06T07:30:00Z'];

describe('of reports that are stored in one commit, the first is', () => {
  test.each<[string, Parameters<typeof together>[1], string]>([
    [
      'the one that was published first',
      [
        ['harbour', eight],
        ['city', seven],
        ['hills', eight],
      ],
      'urn:city:1',
    ],
    [
      'whichever of three comes last',
      [
        ['harbour', eight],
        ['hills', eight],
        ['city', seven],
      ],
      'urn:city:1',
    ],
    [
      'that of the source that stands first',
      [
        ['hills', seven],
        ['city', seven],
      ],
      'urn:city:1',
    ],
    [
      'one with a time before one without',
      [
        ['harbour', undefined],
        ['hills', eight],
      ],
      'urn:hills:1',
    ],
  ])('%s', async (_, reports, id) => {
    await using room = await newsroom(sources);
    await together(room, reports);
    const story = await room.story();
    const [first, ...others] = story.reports;
    expect(story.id).toBe(id);
    expect(first).toMatchObject({ entryId: id, matched: 'first', sort: story.sort, updated: story.updated });
    expect(story.published).toEqual(first?.published);
    expect(others.map(({ matched }) => matched)).toEqual(others.map(() => 'title'));
    expect(others).toHaveLength(reports.length - 1);
  });
});

test('a story that others may have seen keeps its first report, whatever comes later', async () => {
  await using room = await newsroom(sources);
  await together(room, [['harbour', eight]]);
  const before = await room.story();
  await together(room, [['city', seven]]);
  const { id, published, updated, sort, reports } = await room.story();
  expect({ id, published, updated, sort }).toEqual({
    id: 'urn:harbour:1',
    published: before.published,
    updated: before.updated,
    sort: before.sort,
  });
  expect(reports).toHaveLength(2);
});

test('an earlier report does not take over one that would be out of its window', async () => {
  await using room = await newsroom(sources);
  await together(room, [
    ['harbour', '2026-01-05T00:00:00Z'],
    ['city', seven],
    ['hills', '2026-01-03T01:00:00Z'],
  ]);
  const story = await room.story();
  expect(story.id).toBe('urn:harbour:1');
  expect(story.reports).toHaveLength(3);
});
