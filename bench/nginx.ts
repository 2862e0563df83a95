import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Served } from './served.ts';

/** Sends one file and its ready gzip form, as a site does that has written its feed beforehand. */
export async function startNginx(
  folder: string,
  name: string,
  { identity, gzip }: { readonly identity: Served; readonly gzip: Served },
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const files = join(folder, 'files');
  mkdirSync(files);
  const now = new Date();
  for (const [file, { body }] of [
    [name, identity],
    [`${name}.gz`, gzip],
  ] as const) {
    writeFileSync(join(files, file), body);
    // It takes the ready form for a form of the file only where both are of the same time.
    utimesSync(join(files, file), now, now);
  }
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, configOf(folder, port, identity.fields));
  const child = spawn('nginx', ['-c', config, '-p', folder, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/${name}`);
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** What it says by itself stays its own: its tags, its times. */
const own = new Set(['etag', 'last-modified', 'content-type', 'vary']);

function configOf(folder: string, port: number, fields: Served['fields']): string {
  const headers = Object.entries(fields)
    .filter(([field]) => !own.has(field))
    .map(([field, value]) => `add_header ${field} '${value.replaceAll("'", String.raw`\'`)}';`);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (use) => `${use}_temp_path ${join(folder, use)};`,
  );
  return `daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${join(folder, 'nginx.pid')};
events {}
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  gzip_static on;
  gzip_vary on;
  default_type ${(fields['content-type'] ?? '').replace(/;.*/, '')};
  ${places.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    root ${join(folder, 'files')};
    ${headers.join('\n    ')}
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return;
    await setTimeout(50);
  }
  throw new Error(`${url} does not answer`);
}
