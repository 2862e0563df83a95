import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../../src/store/sqlite/migrations/all.ts';
import { subscribe, type Mailbox } from '../support/mailbox.ts';
import { rss2email, testWith } from '../support/programs.ts';
import { openSite, type Site } from '../support/site.ts';
import { temporaryFolder } from '../support/tributary.ts';

/** Who has the news sent by mail gets each once, whatever becomes of the program meanwhile. */

/** A store as the first version of the schema left it, what it had read, and the feed that it served. */
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'first-store');
const fixture = (name: string) => readFile(join(fixtures, name), 'utf8');

const config = {
  site: { url: 'https://river.example', title: 'River', language: 'zh' },
  sources: [
    { id: 'levee', title: '堤防日报', url: 'file:levee.xml', timezone: 'Asia/Shanghai' },
    { id: 'dike', title: '堤岸晚報', url: 'file:dike.xml', timezone: 'Asia/Shanghai' },
  ],
};

const titles = [
  '两岸渡轮今晨同时恢复通航',
  '水文站发布今年首份枯水期预报',
  '西岸泵站更换三号机组叶轮',
  '东岸堤段完成汛前加固验收',
  'R&D 中心迁入新址并对公众开放',
  '北閘門例行檢修提前一日結束',
];

const ids = [
  'urn:uuid:b398d643-a094-5414-bb07-9faafad220c1',
  'urn:uuid:1fc8565b-8364-5524-97df-c68221e56fce',
  'urn:uuid:5d1261b3-2f81-53a6-8d3e-951416ec640f',
  'urn:levee:1',
  'https://levee.example/新址',
  'urn:uuid:d32ba9ef-a15b-5288-a472-19b4e3e35811',
];

const idsOf = (atom: string) => [...atom.matchAll(/<entry\b[^>]*>\s*<id>([^<]*)</g)].map(([, id]) => id);

/** Something listens at one address, whoever answers. */
async function openDoor() {
  let answer: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feeds/all.atom`,
    letAnswer: (listener: RequestListener) => void (answer = listener),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const withNews = (document: string, title: string) =>
  document.replace(
    '<item>',
    `<item><title>${title}</title><link>https://levee.example/9</link></item>\n<item>`,
  );

describe('a subscriber', () => {
  let door: Awaited<ReturnType<typeof openDoor>>;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const documents = async () => ({
    'levee.xml': await fixture('levee.xml'),
    'dike.xml': await fixture('dike.xml'),
  });

  const letAnswer = (site: Site): void => {
    door.letAnswer(({ url = '', headers }, response) => {
      const given = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      void site.get(url, Object.fromEntries(given)).then(({ statusCode, headers, rawPayload }) => {
        response.writeHead(statusCode, headers).end(rawPayload);
      });
    });
  };

  const newMailbox = async (name: string): Promise<Mailbox> => {
    const home = join(folder.path, name);
    await mkdir(home);
    return subscribe(home, door.url);
  };

  beforeAll(async () => {
    [door, folder] = await Promise.all([openDoor(), temporaryFolder()]);
  });

  afterAll(async () => {
    await door[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  testWith(rss2email, 'gets no second mail after a restart, and one for what is new then', async () => {
    await using site = await openSite(config, await documents());
    letAnswer(site);
    const mailbox = await newMailbox('restarted');
    expect((await mailbox.fetch()).toSorted()).toEqual(titles.toSorted());
    expect(await mailbox.fetch()).toEqual([]);
    await site.restart(config);
    letAnswer(site);
    expect(await mailbox.fetch()).toEqual([]);
    await site.write('levee.xml', withNews(await fixture('levee.xml'), '南闸今日开工'));
    await site.read();
    expect(await mailbox.fetch()).toEqual(['南闸今日开工']);
    expect(await mailbox.fetch()).toEqual([]);
  });

  testWith(
    rss2email,
    'gets none after an upgrade from the first version, and one for what is new then',
    async () => {
      const served = await fixture('all.atom');
      expect(idsOf(served)).toEqual(ids);
      door.letAnswer((_, response) => response.setHeader('content-type', 'application/atom+xml').end(served));
      const mailbox = await newMailbox('upgraded');
      expect((await mailbox.fetch()).toSorted()).toEqual(titles.toSorted());

      await using site = await openSite(config, {
        ...(await documents()),
        'data/news.db': await firstStore(folder.path),
      });
      letAnswer(site);
      expect(await mailbox.fetch()).toEqual([]);
      await site.write('levee.xml', withNews(await fixture('levee.xml'), '南闸今日开工'));
      await site.read();
      expect(await mailbox.fetch()).toEqual(['南闸今日开工']);
      expect(await mailbox.fetch()).toEqual([]);
    },
  );
});

test('a store of the first version is read on with every id as it was', async () => {
  await using folder = await temporaryFolder();
  const files = { 'levee.xml': await fixture('levee.xml'), 'dike.xml': await fixture('dike.xml') };
  await using site = await openSite(config, { ...files, 'data/news.db': await firstStore(folder.path) });
  expect(idsOf((await site.get('/feeds/all.atom')).body)).toEqual(ids);
  await site.read();
  expect(idsOf((await site.get('/feeds/all.atom')).body)).toEqual(ids);
});

/** The file of a store that has had the first migration alone, with what that version wrote. */
async function firstStore(folder: string): Promise<Uint8Array> {
  const path = join(folder, 'first.db');
  const database = new DatabaseSync(path);
  database.exec(migrations[0] ?? '');
  database.exec(await fixture('store.sql'));
  // "Trib" marks a file as ours.
  database.exec('PRAGMA application_id = 0x54726962; PRAGMA user_version = 1');
  database.close();
  return readFile(path);
}
