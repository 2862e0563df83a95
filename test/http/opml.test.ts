import { expect, test } from 'vitest';
import { newsroom } from '../support/newsroom.ts';
import { serverOf } from '../support/newsroom-server.ts';

test('a subscription list says when it became what it is, after a restart too', async () => {
  await using room = await newsroom({ harbour: {} });
  const ask = async () => {
    const server = serverOf(room, room.publisher(), ['harbour']);
    const { statusCode, headers } = await server.inject('/opml');
    await server.close();
    expect(statusCode).toBe(200);
    return headers['last-modified'];
  };
  await ask();
  // What was saved stands before this in the line.
  await room.store().write(() => Promise.resolve());
  const state = (await room.store().feedStates()).get('opml');
  if (!state) throw new Error('nothing is remembered of /opml');
  // As if that had been long ago.
  await room
    .store()
    .saveFeedStates(new Map([['opml', { ...state, changedAt: new Date('2024-05-06T07:08:09Z') }]]));
  await room.restart();
  expect(await ask()).toBe('Mon, 06 May 2024 07:08:09 GMT');
});
