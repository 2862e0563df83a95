/** Cached feeds under load: the program against bare Fastify that sends the same bytes from a Buffer. */
import { fileURLToPath } from 'node:url';
import { alternate } from './alternate.ts';
import { withFolder } from './folder.ts';
import { ingested } from './ingested.ts';
import { requestsPerSecond, type Wanted } from './load.ts';
import { itemsADocument, startOrigin } from './origin.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';
import { copyServed, gzipped } from './served.ts';
import { startServer, startTributary } from './server-process.ts';
import { settled } from './settled.ts';

const sources = 20;

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const program = await startTributary('serve', writeConfig(folder, origin.unchanging(sources)));
    const feed = `${program.url}/feeds/all.atom`;
    await ingested(program.url, sources * itemsADocument);
    await settled(feed, 5000);
    const { identity, gzip } = await copyServed(feed, folder);
    const bare = await startServer([fileURLToPath(new URL('serve-bare.ts', import.meta.url)), folder]);

    const size = (bytes: Buffer) => `${Math.round(bytes.length / 1000)} kB`;
    const cases: readonly (readonly [name: string, wanted: Wanted])[] = [
      [`200, identity, ${size(identity.body)}`, { status: 200, headers: {} }],
      [`200, gzip, ${size(gzip.body)}`, { status: 200, headers: gzipped }],
      ['304, identity', { status: 304, headers: { 'if-none-match': identity.etag } }],
      ['304, gzip', { status: 304, headers: { ...gzipped, 'if-none-match': gzip.etag } }],
    ];
    const results: Result[] = [];
    for (const [name, wanted] of cases) {
      const measured = await alternate(
        () => requestsPerSecond(feed, wanted),
        () => requestsPerSecond(`${bare.url}/feeds/all.atom`, wanted),
        11,
      );
      results.push({
        what: `cached feed, ${name}`,
        against: 'bare Fastify sending a ready Buffer and the same header fields',
        unit: 'requests/s',
        ...measured,
        bar: { atLeast: 0.9 },
      });
    }
    await Promise.all([bare.stop(), program.stop()]);
    origin.stop();
    return results;
  });
}
