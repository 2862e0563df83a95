import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { bytesOf, withBodies } from '../publish/representation.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { FromFront, ReadyChanges, RelayedAnswer, ToFront } from './front-messages.ts';
import { problemBody, problemFields, refuseBrokenRequest } from './problem.ts';
import { createReadyFeeds } from './ready-feeds.ts';

/** The other side of front.ts: the socket that listens, and the feeds that are ready. */

/** How often the program is told what was asked for, when it is asked nothing itself. */
const tellEveryMs = 20_000;

/** So many bytes of feeds that were ready once may wait to be collected; V8 would let 64 MB of them wait. */
const maxGarbageBytes = 16 * 1024 * 1024;

/** So many requests of one connection may wait for the program; whoever sends more does not read the answers. */
const mostInLine = 32;

/** How long an answer, or a request that does not end, may go on when the program ends. */
const closeMs = 1000;

const ready = createReadyFeeds();
/** What waits for the program. */
const waiting = new Map<number, readonly [IncomingMessage, ServerResponse]>();
const inLine = new WeakMap<Socket, number>();
let lastId = 0;
let isShown = false;
/** Of feeds that came since garbage was collected. */
let bytesSince = 0;

// A request without a host is answered here, in the form of all errors.
const options = { maxHeaderSize: 16_384, requestTimeout: 60_000, requireHostHeader: false };
const server = createServer(options, (request, response) => {
  if (request.headers.host === undefined && request.httpVersion === '1.1') refuseWithoutHost(response);
  else if (!isShown) notYet(response);
  else if (!ready.answer(request, response)) relay(request, response);
});
// Who has sent a request and says nothing more still waits for the answer.
Object.assign(server, { httpAllowHalfOpen: true });
server.on('clientError', refuseBrokenRequest);

parentPort?.on('message', (message: ToFront) => {
  switch (message.kind) {
    case 'listen':
      listen(message.host, message.port);
      break;
    case 'feeds':
      isShown = true;
      take(message.changes);
      break;
    case 'answer':
      answer(message.id, message.answer);
      break;
    case 'ready':
      answerReady(message.id);
      break;
    case 'close':
      close();
  }
});

setInterval(tell, tellEveryMs).unref();

function say(message: FromFront): void {
  parentPort?.postMessage(message);
}

function listen(host: string, port: number): void {
  const fail = ({ code, message }: NodeJS.ErrnoException): void => {
    say({ kind: 'deaf', message, ...(code !== undefined && { code }) });
  };
  server.once('error', fail);
  server.listen({ host, port }, () => {
    server.off('error', fail);
    say({ kind: 'listening', port: (server.address() as AddressInfo).port });
  });
}

function take(changes: ReadyChanges): void {
  ready.take(revived(changes));
  for (const feed of changes.feeds.values()) bytesSince += feed ? bytesOf(feed) : 0;
  if (bytesSince < maxGarbageBytes) return;
  bytesSince = 0;
  collectGarbage();
}

/** Tells the program what it did not see. */
function tell(): void {
  const tally = ready.tally();
  if (tally) say({ kind: 'tally', tally });
}

/** Asks the program, which then knows as well of all that was answered before. */
function relay(request: IncomingMessage, response: ServerResponse): void {
  const { method = '', url = '', headers, socket } = request;
  const before = inLine.get(socket) ?? 0;
  if (before === mostInLine) {
    socket.destroy();
    return;
  }
  tell();
  lastId += 1;
  const id = lastId;
  waiting.set(id, [request, response]);
  inLine.set(socket, before + 1);
  response.once('close', () => {
    waiting.delete(id);
    inLine.set(socket, (inLine.get(socket) ?? 1) - 1);
  });
  say({ kind: 'request', id, request: { method, url, headers, address: socket.remoteAddress ?? '' } });
}

function answer(id: number, { status, fields, body }: RelayedAnswer): void {
  const [, response] = waiting.get(id) ?? [];
  if (!response) return;
  response.writeHead(status, fields);
  if (body.length === 0) response.end();
  else response.end(body);
}

function answerReady(id: number): void {
  const [request, response] = waiting.get(id) ?? [];
  if (request && response) ready.answer(request, response);
}

function close(): void {
  const impatience = setTimeout(() => {
    server.closeAllConnections();
  }, closeMs);
  server.close(() => {
    clearTimeout(impatience);
    say({ kind: 'closed' });
  });
  server.closeIdleConnections();
}

/** Before the feeds were rendered for the first time. */
function notYet(response: ServerResponse): void {
  response.setHeader('retry-after', '1');
  refuse(response, 503, 'The program is starting.');
}

/** RFC 9112, 3.2 */
function refuseWithoutHost(response: ServerResponse): void {
  response.setHeader('connection', 'close');
  refuse(response, 400, 'This request names no host.');
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  response.writeHead(status, problemFields).end(problemBody(status, detail));
}

/** Bytes come from another thread without being buffers. */
function revived({ feeds, beside }: ReadyChanges): ReadyChanges {
  const buffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  return { feeds: new Map([...feeds].map(([url, feed]) => [url, feed && withBodies(feed, buffer)])), beside };
}
