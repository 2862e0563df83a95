import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';
import { serverOf } from '../support/newsroom-server.ts';

test('a search through the API leaves the event loop to others, and finds what is below the newest', async () => {
  await using room = await newsroom({ harbour: {} });
  const many = Array.from({ length: 600 }, (_, at) => report(at + 1));
  await room.poll('harbour', many);
  const server = serverOf(room, room.publisher(), ['harbour']);
  let turns = 0;
  const asked = server.inject('/api/items?limit=5&q=%E7%AC%AC599%E5%8F%B7');
  const isDone = asked.then(() => true);
  while (!(await Promise.race([isDone, turn(false)]))) turns += 1;
  const { items, next } = JSON.parse((await asked).body) as { items: { id: string }[]; next?: string };
  expect(items.map(({ id }) => id)).toEqual(['report-599']);
  expect(next).toBeUndefined();
  // At least one for each fifty items.
  expect(turns).toBeGreaterThan(10);
  await server.close();
});
