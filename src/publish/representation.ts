import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

export const feedFormats = ['atom', 'rss', 'json'] as const;

export type FeedFormatName = (typeof feedFormats)[number];

/** `application/feed+json` is JSON, which is UTF-8 by definition and has no charset. */
export const mediaTypes: Readonly<Record<FeedFormatName, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json',
};

/** Bytes that are ready to be sent in one content coding. */
export interface Variant {
  readonly body: Buffer;
  /** Strong: another one for other bytes or another coding. */
  readonly etag: string;
}

/** One resource in every coding it is served in. */
export interface Representation {
  readonly contentType: string;
  /** SHA-256 of the bytes without coding, hexadecimal. */
  readonly hash: string;
  readonly identity: Variant;
  readonly gzip: Variant;
  readonly br: Variant;
  readonly lastModified: Date;
  /** The `Link` header: what the document says of itself. */
  readonly link: string;
  /** The sources that have something in it. */
  readonly sources: readonly string[];
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Up to here a body is compressed sooner than a thread is woken, and with less memory. */
const smallBytes = 65_536;

/** Level 6 and quality 5 are where more work stops to pay. */
async function compress(body: Buffer): Promise<readonly [gzip: Buffer, br: Buffer]> {
  const level = { level: 6 };
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  if (body.length <= smallBytes) return [gzipSync(body, level), brotliCompressSync(body, { params })];
  return Promise.all([compressGzip(body, level), compressBrotli(body, { params })]);
}

/** A resource with all its codings, compressed once. */
export async function represent(
  body: Buffer,
  {
    hash,
    contentType,
    lastModified,
    link,
    sources,
  }: Pick<Representation, 'hash' | 'contentType' | 'lastModified' | 'link' | 'sources'>,
): Promise<Representation> {
  const [zipped, brotli] = await compress(body);
  const tag = hash.slice(0, 32);
  return {
    contentType,
    hash,
    lastModified,
    link,
    sources,
    identity: { body, etag: `"${tag}"` },
    gzip: { body: zipped, etag: `"${tag}-gz"` },
    br: { body: brotli, etag: `"${tag}-br"` },
  };
}
