import { expect, test } from 'vitest';
import { openSite } from '../support/site.ts';

/** What sources let others do with their texts goes along with them (RFC 4287, 4.2.10; RFC 4946). */

const harbour = `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:harbour</id><title>Harbour</title>
<rights>© Harbour</rights><link rel="license" href="https://harbour.example/terms"/>
<entry><id>urn:harbour:1</id><title>港口夜班调度员的一天</title><link href="https://harbour.example/1"/>
<updated>2024-05-06T08:00:00Z</updated><rights>© 李江</rights><link rel="license" href="https://license.example/by"/></entry>
<entry><id>urn:harbour:2</id><title>引水员登上第二号泊位的货轮</title><link href="https://harbour.example/2"/>
<updated>2024-05-06T07:00:00Z</updated>
<source><id>urn:elsewhere</id><title>Elsewhere</title><updated>2024-05-06T07:00:00Z</updated></source></entry></feed>`;

const open = () =>
  openSite(
    { sources: [{ id: 'harbour', title: 'Harbour', url: 'file:harbour.xml' }] },
    { 'harbour.xml': harbour },
  );

test('an entry links to its license and its source to its own, beside the rights of each', async () => {
  await using site = await open();
  for (const path of ['all', 'sources/harbour']) {
    const { body } = await site.get(`/feeds/${path}.atom`);
    const [, first = ''] = body.split('<entry');
    const [own = '', source = ''] = first.split('<source>');
    expect(own).toContain('<link rel="license" href="https://license.example/by"/>');
    expect(own).toContain('<rights type="text">© 李江</rights>');
    expect(source).toContain('<link rel="license" href="https://harbour.example/terms"/>');
    expect(source).toContain('<rights type="text">© Harbour</rights>');
  }
});

test('an entry from elsewhere has no rights of the feed that passed it on', async () => {
  await using site = await open();
  const { body } = await site.get('/feeds/all.atom');
  const [, , second = ''] = body.split('<entry');
  expect(second).toContain('<id>urn:elsewhere</id>');
  expect(second).not.toMatch(/license|<rights/);
});

test('JSON tells the license under _tributary and in the API, RSS the rights alone', async () => {
  await using site = await open();
  const { items } = (await site.get('/feeds/all.json')).json<{ items: readonly object[] }>();
  expect(items[0]).toMatchObject({
    _tributary: {
      rights: '© 李江',
      license: 'https://license.example/by',
      source: { rights: '© Harbour', license: 'https://harbour.example/terms' },
    },
  });
  const page = (await site.get('/api/items')).json<{ items: readonly object[] }>();
  expect(page.items[0]).toMatchObject({ rights: '© 李江', license: 'https://license.example/by' });
  expect((await site.get('/feeds/all.rss')).body).toContain('<dc:rights>© 李江</dc:rights>');
});
