import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { publicAddress } from '../../support/namespace.ts';
import { repository } from '../../support/tributary.ts';

/**
 * A host that has had too many requests of one source, and another process that is to poll its other source:
 * which of them are asked for. To be run in a namespace.
 */

const folder = process.argv[2] ?? '.';
const paths: (string | undefined)[] = [];
const web = createServer((request, response) => {
  paths.push(request.url);
  if (request.url === '/one') response.writeHead(429, { 'retry-after': '3600' });
  response.end('<rss version="2.0"><channel><item><title>A ship came in</title></item></channel></rss>');
});
web.listen(80, publicAddress);
await once(web, 'listening');

const config = join(folder, 'site.yaml');
await writeFile(
  config,
  JSON.stringify({
    store: { url: `sqlite:${join(folder, 'news.db')}` },
    sources: ['one', 'two'].map((id) => ({ id, url: `http://busy.test/${id}` })),
  }),
);

async function poll(...args: readonly string[]): Promise<void> {
  const launcher = join(repository, 'bin', 'tributary.js');
  const program = spawn(process.execPath, [launcher, 'poll', '--config', config, ...args], {
    stdio: 'ignore',
  });
  await once(program, 'close');
}

await poll('--source', 'one');
await poll();
process.stdout.write(JSON.stringify(paths));
process.exit();
