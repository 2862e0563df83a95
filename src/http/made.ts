import type { FastifyReply, FastifyRequest } from 'fastify';
import { encode, entityTag, hashOf, type Coding } from '../publish/representation.ts';
import { isFresh, preferredCoding } from './negotiate.ts';

/** An answer that is made for its request: all that is read here but feeds. */
export interface Made {
  readonly contentType: string;
  readonly body: string;
  readonly cacheControl: string;
  /** What else is said of it; it may take back what all answers say. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What is for the holder of the admin token alone. */
export const secretCaching = 'private, no-store';

/** Shorter bodies are not worth a coding. */
const minCodedBytes = 512;

/** Bodies that were compressed lately, for the next who asks; together they take at most so much memory. */
const maxCodedBytes = 16 * 1024 * 1024;
const coded = new Map<string, Buffer>();
let codedBytes = 0;

/** Sends it in the client's coding, or 304 where the client has these very bytes. */
export async function sendMade(
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, body, cacheControl, fields = {} }: Made,
): Promise<FastifyReply> {
  const bytes = Buffer.from(body);
  const hash = hashOf(bytes);
  const coding =
    bytes.length < minCodedBytes ? undefined : preferredCoding(request.headers['accept-encoding']);
  const etag = entityTag(hash, coding);
  void reply.headers({
    etag,
    vary: 'Accept-Encoding',
    'cache-control': cacheControl,
    'x-content-type-options': 'nosniff',
    ...(cacheControl !== secretCaching && {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Link, Retry-After',
    }),
    ...fields,
  });
  if (isFresh(request.headers, etag)) return reply.code(304).send();
  void reply.header('content-type', contentType);
  if (coding === undefined) return reply.send(bytes);
  return reply.header('content-encoding', coding).send(await codedOnce(bytes, coding, etag));
}

async function codedOnce(bytes: Buffer, coding: Coding, etag: string): Promise<Buffer> {
  const known = coded.get(etag);
  if (known) return known;
  const made = await encode(bytes, coding);
  if (coded.has(etag)) return made;
  coded.set(etag, made);
  codedBytes += made.length;
  for (const [oldest, { length }] of coded) {
    if (codedBytes <= maxCodedBytes) break;
    coded.delete(oldest);
    codedBytes -= length;
  }
  return made;
}
