/** Fastify and nothing else: sends the files of a folder and the header fields that stand beside them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';

const folder = process.argv[2] ?? '.';
const load = (name: string) => ({
  body: readFileSync(join(folder, name)),
  fields: JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, string>,
});
const identity = load('identity');
const gzip = load('gzip');

const app = Fastify();
app.get('/*', (request, reply) => {
  const { body, fields } = request.headers['accept-encoding'] === undefined ? identity : gzip;
  void reply.headers(fields);
  if (request.headers['if-none-match'] !== undefined) return reply.code(304).send();
  return reply.send(body);
});
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
