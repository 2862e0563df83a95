/** The process behind origin.ts: says its port and serves until it is ended. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newsDocument } from './news.ts';

const documents = new Map<string, Buffer>();
/** Numbers of changing documents begin where no unchanging one is. */
let fresh = 100_000;

function unchanging(number: number, items: number): Buffer {
  const name = `${number}/${items}`;
  const document = documents.get(name) ?? newsDocument(number, items);
  documents.set(name, document);
  return document;
}

const server = createServer(({ url = '', headers }, response) => {
  const [, kind, number, items] = url.split('/');
  const type = { 'content-type': 'application/rss+xml' };
  if (kind === 'changing') {
    response.writeHead(200, type).end(newsDocument(fresh++, Number(items)));
    return;
  }
  const etag = `"${number ?? ''}"`;
  if (headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { ...type, etag }).end(unchanging(Number(number), Number(items)));
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
