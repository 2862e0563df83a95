import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Representation } from '../publish/representation.ts';
import { chooseVariant, isFresh } from './negotiate.ts';

/** The header fields that every answer with a representation has, made once for each. */
const commonFields = new WeakMap<Representation, Readonly<Record<string, string>>>();

function fieldsOf(representation: Representation): Readonly<Record<string, string>> {
  let fields = commonFields.get(representation);
  if (!fields) {
    fields = {
      'last-modified': representation.lastModified.toUTCString(),
      vary: 'Accept-Encoding',
      link: representation.link,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Link, Retry-After',
    };
    commonFields.set(representation, fields);
  }
  return fields;
}

/** Sends ready bytes, or 304 where the client has them; nothing is computed that a change could have. */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  cacheControl: string,
): FastifyReply {
  const [variant, coding] = chooseVariant(representation, request.headers['accept-encoding']);
  void reply
    .headers(fieldsOf(representation))
    .header('etag', variant.etag)
    .header('cache-control', cacheControl);
  if (isFresh(request.headers, variant.etag, representation.lastModified)) return reply.code(304).send();
  if (coding !== undefined) void reply.header('content-encoding', coding);
  return reply.header('content-type', representation.contentType).send(variant.body);
}
