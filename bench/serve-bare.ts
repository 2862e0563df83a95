/** Fastify and nothing else: `node bench/serve-bare.ts FOLDER` serves the folder's two files at any path. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';

const folder = process.argv[2] ?? '.';
const identity = readFileSync(join(folder, 'identity'));
const gzip = readFileSync(join(folder, 'gzip'));

const app = Fastify();
app.get('/*', (request, reply) => {
  if (request.headers['if-none-match'] !== undefined) return reply.code(304).send();
  const zipped = request.headers['accept-encoding'] !== undefined;
  if (zipped) void reply.header('content-encoding', 'gzip');
  return reply.header('content-type', 'application/atom+xml; charset=utf-8').send(zipped ? gzip : identity);
});
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
