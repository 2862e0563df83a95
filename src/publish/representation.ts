import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

export const feedFormats = ['atom', 'rss', 'json'] as const;

export type FeedFormatName = (typeof feedFormats)[number];

/** The formats that lead to what has left a feed: Atom by `prev-archive`, JSON Feed by `next_url`. */
export const archiveFormats = ['atom', 'json'] as const satisfies readonly FeedFormatName[];

export type ArchiveFormat = (typeof archiveFormats)[number];

export function isArchiveFormat(format: FeedFormatName): format is ArchiveFormat {
  return archiveFormats.some((known) => known === format);
}

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

/** The same with other buffers for its bodies. */
export function withBodies(feed: Representation, other: (body: Buffer) => Buffer): Representation {
  const variant = ({ body, etag }: Variant): Variant => ({ body: other(body), etag });
  return { ...feed, identity: variant(feed.identity), gzip: variant(feed.gzip), br: variant(feed.br) };
}

/** What its bodies take in memory. */
export function bytesOf({ identity, gzip, br }: Representation): number {
  return identity.body.length + gzip.body.length + br.body.length;
}

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Up to here a body is compressed sooner than a thread is woken, and with less memory. */
const smallBytes = 65_536;

export type Coding = 'br' | 'gzip';

/** Level 6 and quality 5 are where more work stops to pay. */
export async function encode(body: Buffer, coding: Coding): Promise<Buffer> {
  const isSmall = body.length <= smallBytes;
  if (coding === 'gzip') return isSmall ? gzipSync(body, { level: 6 }) : compressGzip(body, { level: 6 });
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return isSmall ? brotliCompressSync(body, { params }) : compressBrotli(body, { params });
}

/** A strong tag of the bytes with this hash, in one coding. */
export function entityTag(hash: string, coding?: Coding): string {
  const suffix = coding === undefined ? '' : coding === 'br' ? '-br' : '-gz';
  return `"${hash.slice(0, 32)}${suffix}"`;
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
  const [zipped, brotli] = await Promise.all([encode(body, 'gzip'), encode(body, 'br')]);
  return {
    contentType,
    hash,
    lastModified,
    link,
    sources,
    identity: { body, etag: entityTag(hash) },
    gzip: { body: zipped, etag: entityTag(hash, 'gzip') },
    br: { body: brotli, etag: entityTag(hash, 'br') },
  };
}
