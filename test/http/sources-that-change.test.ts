import { describe, expect, test } from 'vitest';
import { apiIdOf } from '../../src/identify/entry-id.ts';
import type { Site } from '../support/site.ts';
import { openRiver, riverConfig, titles } from './river.ts';

/** What becomes of a source's items when it leaves the configuration, or is private from then on. */

const lowerApiId = apiIdOf('tag:lower.example,2024:4');

interface Change {
  readonly id?: string;
  readonly deleted?: true;
  readonly revision: number;
  readonly [field: string]: unknown;
}

const changesAfter = async (site: Site, revision: number) =>
  (await site.get(`/api/items?since=${revision}&limit=500`)).json<{ items: readonly Change[] }>().items;

const revisionOf = async (site: Site) =>
  (await site.get('/api/items?limit=1')).json<{ revision: number }>().revision;

const [upper, lower] = riverConfig.sources;

describe('the items of a source that left the configuration', () => {
  const remaining = { ...riverConfig, sources: [upper] };

  test('are there wherever they are listed', async () => {
    await using site = await openRiver();
    await site.restart(remaining);
    expect((await site.get('/feeds/all.atom')).body).toContain(titles.price);
    for (const path of [
      `/items/${lowerApiId}`,
      `/api/items/${lowerApiId}`,
      `/api/items/${lowerApiId}/explain`,
    ])
      expect([path, (await site.get(path)).statusCode]).toEqual([path, 200]);
    const { body } = await site.get('/api/items?source=lower');
    expect(body).toContain(titles.price);
    // Its name is known still.
    expect((await site.get(`/items/${lowerApiId}`)).body).toContain('下游');
    expect((await site.get(`/items/${lowerApiId}`)).body).not.toContain('sources/lower.atom');
  });

  test('stay private where they were', async () => {
    await using site = await openRiver();
    await site.restart(remaining);
    const apiId = apiIdOf('tag:secret.example,2024:1');
    for (const path of [`/items/${apiId}`, `/api/items/${apiId}`, '/api/items?source=secret'])
      expect([path, (await site.get(path)).statusCode]).toEqual([path, 404]);
  });
});

describe('the items of a source that is made private', () => {
  const hidden = { ...riverConfig, sources: [upper, { ...lower, private: true }] };

  test('are gone for who follows changes, and come back with it', async () => {
    await using site = await openRiver();
    const before = await revisionOf(site);
    await site.restart(hidden);
    const gone = await changesAfter(site, before);
    expect(gone.map(({ id, deleted }) => [id, deleted])).toEqual(
      ['1', '4', '5'].map((number) => [`tag:lower.example,2024:${number}`, true]),
    );
    for (const change of gone) expect(change).not.toHaveProperty('source');
    expect((await site.get(`/api/items/${lowerApiId}`)).statusCode).toBe(404);

    const between = await revisionOf(site);
    await site.restart(riverConfig);
    const back = await changesAfter(site, between);
    expect(back.map(({ entryId, deleted }) => [entryId, deleted])).toEqual(
      ['1', '4', '5'].map((number) => [`tag:lower.example,2024:${number}`, undefined]),
    );
  });
});
