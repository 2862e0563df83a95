import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';

/** What a server sends for one URL in one coding. */
export interface Served {
  readonly body: Buffer;
  readonly etag: string;
  readonly fields: Readonly<Record<string, string>>;
}

export const gzipped = { 'accept-encoding': 'gzip' };

/** A feed as it is served now, for another server to send the same; files and their fields in the folder. */
export async function copyServed(
  url: string,
  folder: string,
): Promise<{ readonly identity: Served; readonly gzip: Served }> {
  const copies = { identity: await read(url, {}), gzip: await read(url, gzipped) };
  for (const [name, { body, fields }] of Object.entries(copies)) {
    writeFileSync(join(folder, name), body);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(fields));
  }
  return copies;
}

/** What every server says by itself. */
const own = new Set(['date', 'connection', 'keep-alive', 'content-length']);

/** The bytes as they were sent: undici's request removes no coding. */
async function read(url: string, headers: Record<string, string>): Promise<Served> {
  const answer = await request(url, { headers });
  const fields = Object.entries(answer.headers).filter(([name]) => !own.has(name));
  return {
    body: Buffer.from(await answer.body.arrayBuffer()),
    etag: String(answer.headers['etag']),
    fields: Object.fromEntries(fields.map(([name, value]) => [name, String(value)])),
  };
}
