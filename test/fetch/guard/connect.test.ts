import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createConnections } from '../../../src/fetch/connections.ts';
import { createConnector } from '../../../src/fetch/guard/connect.ts';
import type { Guard } from '../../../src/fetch/guard/guard.ts';

/** Connects to a server that counts what it is sent, with a resolver that nobody has checked. */
async function connectTo(protocol: string, isAdmitted: Guard, closing = new AbortController()) {
  let received = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', (chunk) => (received += chunk.length));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const connect = createConnector({
    connections: createConnections(),
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    isAdmitted,
    timeoutMs: 5000,
    closing: closing.signal,
  });
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const closed = accepted.then(([socket]) => once(socket as NodeJS.EventEmitter, 'close'));
  const connected = new Promise((resolve, reject) => {
    connect({ protocol, hostname: 'a.test', port: String(port) }, (error, socket) => {
      if (error) reject(error);
      else resolve(socket.destroy());
    });
  });
  return { connected, accepted, closed, received: () => received };
}

test.each(['http:', 'https:'])(
  '%s: a socket is judged by its own address before it is used',
  async (protocol) => {
    const { connected, closed, received } = await connectTo(protocol, () => false);
    await expect(connected).rejects.toMatchObject({ code: 'forbidden-address' });
    await closed;
    expect(received()).toBe(0);
  },
);

test('a socket of a good address is handed over', async () => {
  const judged: string[] = [];
  const { connected } = await connectTo('http:', (address) => judged.push(address) > 0);
  await connected;
  expect(judged).toEqual(['127.0.0.1']);
});

test('closing breaks a handshake that is under way', async () => {
  const closing = new AbortController();
  const { connected, accepted, closed } = await connectTo('https:', () => true, closing);
  void accepted.then(() => closing.abort());
  await expect(connected).rejects.toMatchObject({ code: 'stopped' });
  await closed;
});
