import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { publicAddress } from '../../support/namespace.ts';
import { repository } from '../../support/tributary.ts';

/**
 * The whole program, with eight sources whose names nobody answers for and one whose name stands in the hosts
 * file: how long after the first question that one is read. To be run in a namespace.
 */

const folder = process.argv[2] ?? '.';
const silent = createSocket('udp4');
silent.bind(53, '127.0.0.9');
await once(silent, 'listening');
const web = createServer((_, response) => response.end('<rss version="2.0"><channel/></rss>'));
web.listen(80, publicAddress);
await once(web, 'listening');

const dead = Array.from({ length: 8 }, (_, number) => `dead-${number}`);
const config = join(folder, 'site.yaml');
await writeFile(
  config,
  JSON.stringify({
    store: { url: `sqlite:${join(folder, 'news.db')}` },
    sources: [...dead, 'good'].map((id) => ({ id, url: `http://${id}.test/feed.xml` })),
  }),
);
const program = spawn(
  process.execPath,
  [join(repository, 'bin', 'tributary.js'), 'poll', '--config', config],
  {
    stdio: 'ignore',
  },
);
await once(silent, 'message');
const startedAt = performance.now();
await once(web, 'request');
process.stdout.write(JSON.stringify({ ms: Math.round(performance.now() - startedAt) }));
program.kill('SIGKILL');
process.exit();
