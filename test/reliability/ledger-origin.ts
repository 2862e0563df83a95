import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Items of one version of a source's document. */
const itemsPerVersion = 3;

/**
 * An origin that forgets: the document of each version lists that version's items and nothing else, and the
 * next version takes its place as soon as a conditional request shows that it was kept. Whoever keeps a
 * document's ETag without its items has lost them for good.
 */
export interface LedgerOrigin extends AsyncDisposable {
  readonly port: number;
  /** How many versions of each source were acknowledged: versions 1 to that number. */
  readonly acknowledged: () => readonly number[];
  /** How many requests came. */
  readonly requests: () => number;
}

export async function startLedgerOrigin(sources: number): Promise<LedgerOrigin> {
  const acknowledged = Array.from({ length: sources }, () => 0);
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const source = Number(/^\/(\d+)\.xml$/.exec(request.url ?? '')?.[1]);
    const before = acknowledged[source];
    if (before === undefined) return response.writeHead(404).end();
    if (request.headers['if-none-match'] === etag(source, before + 1)) acknowledged[source] = before + 1;
    const version = (acknowledged[source] ?? 0) + 1;
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', etag: etag(source, version) })
      .end(document(source, version));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    acknowledged: () => [...acknowledged],
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The ids of all items of the versions up to one. */
export function idsThrough(source: number, version: number): readonly string[] {
  return Array.from({ length: version }, (_, index) => idsOf(source, index + 1)).flat();
}

function idsOf(source: number, version: number): readonly string[] {
  return Array.from({ length: itemsPerVersion }, (_, place) => `ledger-${source}-${version}-${place}`);
}

const etag = (source: number, version: number): string => `"${source}-${version}"`;

function document(source: number, version: number): string {
  // Times are those of the version, so that the same version is the same bytes.
  const published = new Date(Date.UTC(2026, 0, 1) + version * 1000).toUTCString();
  const items = idsOf(source, version).map(
    (id, place) =>
      `<item><guid isPermaLink="false">${id}</guid><title>账簿第${source}册第${version}页第${place}行记下一笔新的往来</title>` +
      `<link>https://ledger.example/${source}/${version}/${place}</link><pubDate>${published}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>账簿${source}</title><link>https://ledger.example/${source}</link>${items.join('')}</channel></rss>`;
}
