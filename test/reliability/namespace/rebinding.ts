import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createFetcher } from '../../../src/fetch/fetch.ts';
import { fetchSettings, sourceAt } from '../../support/fetching.ts';
import { publicAddress } from '../../support/namespace.ts';

/**
 * A name server that gives one name a public address and an address within in turn, or both at once, and a
 * server behind each: what was read, and who was asked. To be run in a namespace.
 */

const inside = '127.0.0.1';
const asked = { public: 0, inside: 0 };
const sequences: Readonly<Record<string, readonly string[][]>> = {
  turn: [[publicAddress], [inside]],
  'turn-back': [[inside], [publicAddress]],
  both: [[inside, publicAddress]],
};
const answered = new Map<string, number>();

/** The answer to a query for addresses (RFC 1035), without a time to live; for other types it is empty. */
function answer(query: Buffer): Buffer {
  const end = query.indexOf(0, 12);
  const labels = query.toString('latin1', 13, end).split(/[^a-z0-9-]/);
  const name = labels[0] ?? '';
  const isForIPv4 = query.readUInt16BE(end + 1) === 1;
  const turns = sequences[name.replace(/-?\d+$/, '')] ?? [];
  const turn = answered.get(name) ?? 0;
  const addresses = isForIPv4 ? (turns[turn % turns.length] ?? []) : [];
  if (isForIPv4) answered.set(name, turn + 1);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  );
  const head = Buffer.from(query.subarray(0, end + 5));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...records]);
}

const nameServer = createSocket('udp4');
nameServer.on('message', (query, { port, address }) => {
  nameServer.send(answer(query), port, address);
});
nameServer.bind(53, '127.0.0.53');
await once(nameServer, 'listening');
for (const [who, address] of [
  ['public', publicAddress],
  ['inside', inside],
] as const) {
  const server = createServer((_, response) => {
    asked[who] += 1;
    // The next request is made on a new connection, to a name that is resolved anew.
    response.setHeader('connection', 'close').end(`<rss>${who}</rss>`);
  });
  server.listen(80, address);
  await once(server, 'listening');
}

const fetcher = createFetcher(fetchSettings({ allow: [] }), { environment: {} });
const outcomes: string[] = [];
for (const kind of Object.keys(sequences)) {
  for (let turn = 0; turn < 20; turn++) {
    const outcome = await fetcher.fetch(sourceAt(`http://${kind}-${turn % 4}.test/`), {});
    outcomes.push(outcome.kind === 'failed' ? outcome.error.code : outcome.kind);
  }
}
process.stdout.write(JSON.stringify({ asked, outcomes: [...new Set(outcomes)].toSorted() }));
process.exit();
