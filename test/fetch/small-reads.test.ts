import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { inSmallReads } from '../../src/fetch/small-reads.ts';

/** A connection on which all of these bytes have come and none was read. */
async function received(bytes: Buffer): Promise<Socket> {
  const server = createServer((socket) => void socket.end(bytes)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = inSmallReads(connect((server.address() as AddressInfo).port, '127.0.0.1'));
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  // As in a server that has much to do: whatever can come has come before the first look.
  await once(socket, 'connect');
  while (socket.readableLength < bytes.length) {
    socket.read(0);
    await turn();
  }
  return socket;
}

const bytes = Buffer.from('a:b\n'.repeat(7000));

test('what has come is read piece by piece, and all of it', async () => {
  const socket = await received(bytes);
  const pieces: Buffer[] = [];
  const next = () => socket.read() as Buffer | null;
  for (let piece = next(); piece !== null; piece = next()) pieces.push(piece);
  expect(Math.max(...pieces.map(({ length }) => length))).toBe(8192);
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
});

test('nothing is read of a connection that was given up', async () => {
  const socket = await received(bytes);
  socket.read();
  expect(socket.readableLength).toBeGreaterThan(0);
  socket.destroy();
  expect(socket.read()).toBeNull();
});
