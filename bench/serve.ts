/** Cached feeds under load: the program against bare Fastify that sends the same bytes from a Buffer. */
import { fileURLToPath } from 'node:url';
import { alternate } from './alternate.ts';
import { withFolder } from './folder.ts';
import { requestsPerSecond } from './load.ts';
import { startOrigin } from './origin.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';
import { copyServed, gzipped } from './served.ts';
import { startServer, startTributary } from './server-process.ts';
import { settled } from './settled.ts';

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const program = await startTributary('serve', writeConfig(folder, origin.unchanging(20)));
    const feed = `${program.url}/feeds/all.atom`;
    await settled(feed);
    const { identity, gzip } = await copyServed(feed, folder);
    const bare = await startServer([fileURLToPath(new URL('serve-bare.ts', import.meta.url)), folder]);

    const size = (bytes: Buffer) => `${Math.round(bytes.length / 1000)} kB`;
    const cases: readonly (readonly [name: string, headers: Record<string, string>])[] = [
      [`200, identity, ${size(identity.body)}`, {}],
      [`200, gzip, ${size(gzip.body)}`, gzipped],
      ['304, identity', { 'if-none-match': identity.etag }],
      ['304, gzip', { ...gzipped, 'if-none-match': gzip.etag }],
    ];
    const results: Result[] = [];
    for (const [name, headers] of cases) {
      const measured = await alternate(
        () => requestsPerSecond(feed, headers),
        () => requestsPerSecond(`${bare.url}/feeds/all.atom`, headers),
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
