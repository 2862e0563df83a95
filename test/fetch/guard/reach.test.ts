import { describe, expect, test } from 'vitest';
import type { Resolve } from '../../../src/fetch/guard/resolve.ts';
import { fetcherOfTest, originOfTest, sourceAt } from '../../support/fetching.ts';
import type { Origin } from '../../support/origin.ts';

const allowed = ['127.0.0.2/32'];

const to = (location: string) => ({ status: 302, headers: { location } });

const forbidden = { kind: 'failed', error: { code: 'forbidden-address' } };

/** Names as a resolver would know them. */
const names =
  (known: Readonly<Record<string, readonly string[]>>): Resolve =>
  (hostname) =>
    Promise.resolve(
      (known[hostname] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

/** One origin that may be reached, on 127.0.0.2, and one on the same port that must see nobody, on 127.0.0.1. */
async function neighbours(attempts = 5): Promise<{ open: Origin; secret: Origin }> {
  const open = await originOfTest({ host: '127.0.0.2', otherwise: { body: '<rss/>' } });
  try {
    const secret = await originOfTest({ host: '127.0.0.1', port: open.port, otherwise: { body: 'secret' } });
    return { open, secret };
  } catch (error) {
    if (attempts === 0) throw error;
    // Somebody else has that port.
    return neighbours(attempts - 1);
  }
}

describe.skipIf(process.platform !== 'linux')('on a machine with more than one loopback address', () => {
  test('what is not on the Internet is not reached, and what is allowed is', async () => {
    const { open, secret } = await neighbours();
    const fetcher = fetcherOfTest({ allow: allowed });
    expect(await fetcher.fetch(sourceAt(open.url), {})).toMatchObject({ kind: 'fetched' });
    expect(await fetcher.fetch(sourceAt(secret.url), {})).toMatchObject(forbidden);
    expect(secret.connections()).toBe(0);
  });

  test('nothing outside of the Internet is allowed unless it is said', async () => {
    const { open, secret } = await neighbours();
    const fetcher = fetcherOfTest({ allow: [] });
    for (const origin of [open, secret]) {
      expect(await fetcher.fetch(sourceAt(origin.url), {})).toMatchObject(forbidden);
      expect(origin.connections()).toBe(0);
    }
  });

  test('the message says which address it was, and how to allow it', async () => {
    const fetcher = fetcherOfTest({ allow: [] }, { resolve: names({ 'inside.test': ['10.1.2.3'] }) });
    expect(await fetcher.fetch(sourceAt('http://inside.test/feed'), {})).toMatchObject({
      error: {
        message:
          'fetch: http://inside.test/feed: inside.test (10.1.2.3) is not on the public Internet, and fetch.allow does not name it',
      },
    });
  });

  test('the guard is asked at every hop, before anything is sent', async () => {
    const { open, secret } = await neighbours();
    const fetcher = fetcherOfTest({ allow: allowed });
    open.on('/1', to('/2'));
    open.on('/2', to(`${secret.url}/admin?delete=all`));
    expect(await fetcher.fetch(sourceAt(`${open.url}/1`), {})).toMatchObject(forbidden);
    expect(open.requests).toHaveLength(2);
    expect(secret.connections()).toBe(0);
  });

  describe('an address in another spelling', () => {
    const spellings = {
      '127.0.0.1': [
        '127.0.0.1',
        '127.1',
        '127.0.1',
        '127.0.0.1.',
        '127.0.0.01',
        '127.000.000.001',
        '0177.0.0.1',
        '0177.0.0.01',
        '017700000001',
        '00000000177.1',
        '0x7f.0.0.1',
        '0x7F.1',
        '0x7f000001',
        '0X7F000001',
        '0x7f.0x0.0x0.0x1',
        '2130706433',
        '0x7f.0.1',
        '１２７.0.0.1',
        '127。0。0。1',
        '①②⑦.⓪.⓪.①',
        '%31%32%37.0.0.1',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[0:0:0:0:0:ffff:7f00:1]',
        '[0000:0000:0000:0000:0000:FFFF:7F00:0001]',
        '[::127.0.0.1]',
        '[64:ff9b::127.0.0.1]',
        '[64:ff9b::7f00:1]',
        '[2002:7f00:1::]',
        'someone@127.0.0.1',
        '1.1.1.1@127.0.0.1',
        'someone:1.1.1.1@127.1',
      ],
      '169.254.169.254': [
        '169.254.169.254',
        '169.254.43518',
        '169.16689662',
        '2852039166',
        '0xa9fea9fe',
        '0xa9.0xfe.0xa9.0xfe',
        '0251.0376.0251.0376',
        '025177524776',
        '169.254.169.254.',
        '[::ffff:169.254.169.254]',
        '[::ffff:a9fe:a9fe]',
        '[64:ff9b::a9fe:a9fe]',
      ],
      '::1': ['[::1]', '[0:0:0:0:0:0:0:1]', '[::0001]', '[0000::1]', '[::0.0.0.1]', '[0:0:0:0:0:0:0.0.0.1]'],
      '0.0.0.0': ['0', '0.0.0.0', '0x0', '00', '[::]', '[::ffff:0.0.0.0]', '[0::0]'],
    };

    test.each(Object.entries(spellings))('of %s is forbidden: %j', async (_address, hosts) => {
      const { open, secret } = await neighbours();
      const fetcher = fetcherOfTest({ allow: allowed });
      for (const host of hosts) {
        const url = `http://${host}:${secret.port}/`;
        const at = await fetcher.fetch(sourceAt(url), {});
        expect([host, at]).toMatchObject([host, forbidden]);
        open.on('/redirect', to(Buffer.from(url).toString('latin1')));
        const redirected = await fetcher.fetch(sourceAt(`${open.url}/redirect`), {});
        expect([host, redirected]).toMatchObject([host, forbidden]);
      }
      expect(secret.connections()).toBe(0);
    });

    test('is allowed where the address is', async () => {
      const { secret } = await neighbours();
      const fetcher = fetcherOfTest({ allow: ['127.0.0.1/32'] });
      for (const host of ['127.1', '0x7f000001', '2130706433', '127.0.0.1.', '１２７.0.0.1']) {
        expect(await fetcher.fetch(sourceAt(`http://${host}:${secret.port}/`), {})).toMatchObject({
          kind: 'fetched',
        });
      }
    });
  });

  describe('a name', () => {
    test('is judged by the addresses that it has', async () => {
      const { open, secret } = await neighbours();
      const resolve = names({
        'open.test': ['127.0.0.2'],
        'inside.test': ['127.0.0.1'],
        'mapped.test': ['::ffff:127.0.0.1'],
        'two.test': ['10.0.0.1', '::1'],
      });
      const fetcher = fetcherOfTest({ allow: allowed }, { resolve });
      expect(await fetcher.fetch(sourceAt(`http://open.test:${open.port}/`), {})).toMatchObject({
        kind: 'fetched',
      });
      for (const name of ['inside.test', 'mapped.test', 'two.test']) {
        expect(await fetcher.fetch(sourceAt(`http://${name}:${open.port}/`), {})).toMatchObject(forbidden);
      }
      expect(secret.connections()).toBe(0);
      expect(open.requests[0]?.header('host')).toBe(`open.test:${open.port}`);
    });

    test('with good and bad addresses is read from the good ones only', async () => {
      const { open, secret } = await neighbours();
      const resolve = names({ 'mixed.test': ['127.0.0.1', '::1', '127.0.0.2'] });
      const fetcher = fetcherOfTest({ allow: allowed }, { resolve });
      expect(await fetcher.fetch(sourceAt(`http://mixed.test:${open.port}/`), {})).toMatchObject({
        kind: 'fetched',
      });
      expect(open.requests).toHaveLength(1);
      expect(secret.connections()).toBe(0);
    });

    test('is resolved once for a connection, which goes to the address that was judged', async () => {
      const { open, secret } = await neighbours();
      let asked = 0;
      // The first answer is harmless, every later one is not.
      const resolve: Resolve = () => {
        asked += 1;
        return Promise.resolve([{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
      };
      open.on('/', { headers: { connection: 'close' }, body: '<rss/>' });
      const fetcher = fetcherOfTest({ allow: allowed }, { resolve });
      const source = sourceAt(`http://rebinding.test:${open.port}/`);
      expect(await fetcher.fetch(source, {})).toMatchObject({ kind: 'fetched' });
      expect(asked).toBe(1);
      expect(await fetcher.fetch(source, {})).toMatchObject(forbidden);
      expect(secret.connections()).toBe(0);
    });

    test('of which one address is dead is read from the next', async () => {
      const { open } = await neighbours();
      const resolve = names({ 'two.test': ['127.0.0.3', '127.0.0.2'] });
      const fetcher = fetcherOfTest({ allow: ['127.0.0.2/31'] }, { resolve });
      expect(await fetcher.fetch(sourceAt(`http://two.test:${open.port}/`), {})).toMatchObject({
        kind: 'fetched',
      });
    });

    test('of this machine is known to the hosts file, and forbidden', async () => {
      const { secret } = await neighbours();
      const fetcher = fetcherOfTest({ allow: [] });
      expect(await fetcher.fetch(sourceAt(`http://localhost:${secret.port}/`), {})).toMatchObject(forbidden);
      expect(secret.connections()).toBe(0);
    });
  });
});
