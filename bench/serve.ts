/** Cached feeds under load: the program against bare Fastify that sends the same bytes from a Buffer. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { alternate } from './alternate.ts';
import { withFolder } from './folder.ts';
import { startOrigin } from './origin.ts';
import { writeConfig } from './program.ts';
import type { Result } from './result.ts';
import { startServer, startTributary } from './server-process.ts';

const feed = '/feeds/all.atom';

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const program = await startTributary(writeConfig(folder, origin.unchanging(20)));
    const ready = await settled(program.url + feed);
    const identity = await ask(program.url, {});
    const gzip = await ask(program.url, { 'accept-encoding': 'gzip' });
    writeFileSync(join(folder, 'identity'), identity.body);
    writeFileSync(join(folder, 'gzip'), gzip.body);
    const bare = await startServer([fileURLToPath(new URL('serve-bare.ts', import.meta.url)), folder]);

    const size = (bytes: Buffer) => `${Math.round(bytes.length / 1000)} kB`;
    const cases = [
      { name: `200, identity, ${size(identity.body)}`, headers: {} },
      { name: `200, gzip, ${size(gzip.body)}`, headers: { 'accept-encoding': 'gzip' } },
      { name: '304, identity', headers: { 'if-none-match': identity.etag } },
      { name: '304, gzip', headers: { 'accept-encoding': 'gzip', 'if-none-match': gzip.etag } },
    ];
    const results: Result[] = [];
    for (const { name, headers } of cases) {
      results.push({
        what: `cached feed, ${name}`,
        against: 'bare Fastify sending a ready Buffer',
        unit: 'requests/s',
        ...(await alternate(load(program.url, headers), load(bare.url, headers))),
        bar: { atLeast: 0.9 },
      });
    }
    await bare.stop();
    await program.stop();
    origin.stop();
    void ready;
    return results;
  });
}
