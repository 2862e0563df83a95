import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Representation, Variant } from '../publish/representation.ts';
import { chooseVariant, isFresh } from './negotiate.ts';

/** An answer that only has to be written. */
export interface ReadyAnswer {
  readonly status: 200 | 304;
  /** Names and values in turn, as `writeHead` takes them, which changes nothing of it. */
  readonly fields: string[];
  /** Absent where the client has it. */
  readonly body?: Buffer;
}

/** The two answers there are in one coding, for one `Cache-Control`. */
interface Made {
  readonly cacheControl: string;
  readonly whole: ReadyAnswer;
  readonly fresh: ReadyAnswer;
}

/** Made once for each variant, and again when it may be kept for another time. */
const made = new WeakMap<Variant, Made>();

/** The answer with ready bytes, or 304 where the client has them: nothing is made that a change could have made. */
export function readyAnswer(
  headers: IncomingHttpHeaders,
  representation: Representation,
  cacheControl: string,
): ReadyAnswer {
  const [variant, coding] = chooseVariant(representation, headers['accept-encoding']);
  let answers = made.get(variant);
  if (answers?.cacheControl !== cacheControl) {
    answers = make(representation, variant, coding, cacheControl);
    made.set(variant, answers);
  }
  return isFresh(headers, variant.etag, representation.lastModified) ? answers.fresh : answers.whole;
}

function make(
  { contentType, lastModified, link }: Representation,
  { body, etag }: Variant,
  coding: string | undefined,
  cacheControl: string,
): Made {
  const fields = Object.entries({
    etag,
    'last-modified': lastModified.toUTCString(),
    'cache-control': cacheControl,
    vary: 'Accept-Encoding',
    link,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Link, Retry-After',
  }).flat();
  const ofBody = {
    'content-type': contentType,
    ...(coding !== undefined && { 'content-encoding': coding }),
    'content-length': String(body.length),
  };
  return {
    cacheControl,
    whole: { status: 200, fields: [...fields, ...Object.entries(ofBody).flat()], body },
    fresh: { status: 304, fields },
  };
}

/** Sends a representation through the server's own cycle, with what hooks add to it. */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  cacheControl: string,
): FastifyReply {
  const { status, fields, body } = readyAnswer(request.headers, representation, cacheControl);
  void reply.code(status);
  for (let at = 0; at < fields.length; at += 2) void reply.header(fields[at] ?? '', fields[at + 1]);
  return reply.send(body);
}
