import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { titleKey } from '../../src/identify/title-key.ts';
import { replay } from '../../src/pipeline/replay.ts';
import { compileRules } from '../../src/pipeline/rules.ts';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';
import { describeSeeds, readSeed } from '../seeds/seeds.ts';

const secondKey = (title: string) => titleKey(title, { version: 2 });

describe('the second version of the title key', () => {
  test.each([
    ['輝達發表新一代資料中心晶片', '英伟达发表新一代数据中心芯片'],
    ['川普：聯準會應該降息', '特朗普：美联储应该降息'],
    ['人工智慧帶動軟體與伺服器需求', '人工智能带动软件与服务器需求'],
    ['網際網路協會在台積電開會', '互联网协会在台积电开会'],
  ])('knows that %s is %s', (a, b) => {
    expect(titleKey(a)).not.toBe(titleKey(b));
    expect(secondKey(a)).toBe(secondKey(b));
  });

  test.each([
    ['软体机器人登上深海礁石', '软件机器人登上深海礁石'],
    ['台积电扩产', '联电扩产'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(secondKey(a)).not.toBe(secondKey(b));
  });

  test('leaves 四川普降大雨 what it says', () => {
    expect(secondKey('四川普降大雨')).toBe('四川普降大雨');
  });

  test('is its own key', () => {
    const words = ['辉', '达', '晶', '片', '网际网路', '际网路', '川普', '软体', '，', '英伟达', '-', '3'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (parts) => {
        const key = secondKey(parts.join(''));
        expect(secondKey(key)).toBe(key);
      }),
    );
  });
});

describeSeeds('the second version on the documents', () => {
  test('joins no two titles that the first keeps apart', () => {
    const items = [
      ...readSeed('000_e920307b66195e1d.txt', 'markdown-digest').items,
      ...readSeed('001_8deb6fad8f11d47a.txt', 'tag-page').items,
      ...readSeed('002_3050de5fecd53efa.txt', 'tag-page').items,
      ...readSeed('003_3e53410e1489001e.txt', 'stripped-rss').items,
      ...readSeed('004_319134b2502362af.txt', 'telegraph').items,
    ];
    const titles = items.flatMap(({ title = '', parts = [] }) => [title, ...parts.map((part) => part.title)]);
    expect(new Set(titles.map(secondKey)).size).toBe(new Set(titles.map((title) => titleKey(title))).size);
  });
});

test('another version re-keys what is stored, and nothing that is published moves', async () => {
  await using room = await newsroom({ harbour: {}, city: {} });
  const [title, other] = ['輝達在海港設立資料中心與晶片倉庫', '英伟达在海港设立数据中心与芯片仓库'];
  // The first has no id of its own: its item key is made of its title.
  await room.poll('harbour', [report(1, { title, id: undefined, url: undefined }), report(2)]);
  await room.poll('city', [report(1, { id: 'urn:city:1', title: other, url: 'https://city.example/1' })]);
  const feeds = async () => {
    const publisher = room.publisher();
    await publisher.renew();
    return Promise.all(
      ['all', 'sources/harbour', 'sources/city'].map(async (path) =>
        String((await publisher.feed(path, 'atom'))?.identity.body),
      ),
    );
  };
  const lasting = async () =>
    (await room.items()).map(
      ({ key, entryId, itemKey, firstSeen, published, updated, sort, arrived, story }) => ({
        key,
        entryId,
        itemKey,
        firstSeen,
        published,
        updated,
        sort,
        arrived,
        story,
      }),
    );
  const before = { items: await lasting(), feeds: await feeds(), stories: (await room.stories()).length };

  const sources = [room.source('harbour'), room.source('city')];
  const deciders = { rules: compileRules([], sources), topics: [], sources, keyVersion: 2 } as const;
  expect(await replay(room.store(), deciders, room.clock.now)).toBe(1);
  const [rekeyed] = await room.store().itemsByTitle(secondKey(other));
  expect((await room.store().itemsByTitle(secondKey(other))).length).toBe(2);
  expect(rekeyed?.titleKey).toBe(secondKey(title));
  expect({ items: await lasting(), feeds: await feeds(), stories: (await room.stories()).length }).toEqual(
    before,
  );
});

test('the version is noted of every key, which is no change where the key is the same', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', [report(1)]);
  const revision = await room.store().revision();
  const sources = [room.source('harbour')];
  const deciders = { rules: compileRules([], sources), topics: [], sources, keyVersion: 2 } as const;
  expect(await replay(room.store(), deciders, room.clock.now)).toBe(0);
  using database = new DatabaseSync(room.path, { readOnly: true });
  expect(database.prepare('SELECT key_version AS version FROM items').all()).toMatchObject([{ version: 2 }]);
  expect(await room.store().revision()).toBe(revision);
});

test('columns that are listed later leave the keys of what is stored', async () => {
  await using room = await newsroom({ harbour: {} });
  await room.poll('harbour', [report(1, { title: '港务快报｜海港第七号泊位今晨恢复通航' })]);
  const decide = (columns: readonly string[]) => {
    const sources = [{ ...room.source('harbour'), columns }];
    return replay(
      room.store(),
      { rules: compileRules([], sources), topics: [], sources, keyVersion: 1 },
      room.clock.now,
    );
  };
  expect(await decide([])).toBe(0);
  expect(await decide(['港务快报'])).toBe(1);
  expect(await decide(['港务快报'])).toBe(0);
  expect(await room.store().itemsByTitle('海港第七号泊位今晨恢复通航')).toHaveLength(1);
});

test('an item without an id of its own is known again where rules made another key of its title', async () => {
  await using room = await newsroom({ harbour: {} });
  const item = report(1, { title: '港务快报｜海港第七号泊位今晨恢复通航', id: undefined, url: undefined });
  await room.poll('harbour', [item]);
  const [before] = await room.items();
  await room.restart({ harbour: { columns: ['港务快报'] } });
  const sources = [room.source('harbour')];
  await replay(
    room.store(),
    { rules: compileRules([], sources), topics: [], sources, keyVersion: 1 },
    room.clock.now,
  );
  expect(await room.poll('harbour', [item], { title: '海港' })).toMatchObject({ new: 0 });
  expect((await room.items()).map(({ entryId }) => entryId)).toEqual([before?.entryId]);
});

test('an item without an id of its own is known again under another key version', async () => {
  await using room = await newsroom({ harbour: {} }, { dedupe: { keyVersion: 2 } });
  const item = report(1, { title: '輝達在海港設立資料中心與晶片倉庫', id: undefined, url: undefined });
  await room.poll('harbour', [item]);
  const [stored] = await room.items();
  await using first = await newsroom({ harbour: {} });
  await first.poll('harbour', [item]);
  const [asFirst] = await first.items();
  expect(stored?.itemKey).toBe(asFirst?.itemKey);
  expect(stored?.titleKey).not.toBe(asFirst?.titleKey);
});
