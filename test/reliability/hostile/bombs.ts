import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { answer, times, xml, type Attacks } from './attack.ts';

const zeros = Buffer.alloc(64 * 1024 * 1024);
const items = Buffer.from(
  `<rss version="2.0"><channel>${times(200_000, '<item><title>x</title></item>')}</channel></rss>`,
);
const small = Buffer.from('<rss version="2.0"><channel><item><title>x</title></item></channel></rss>');
const packed = gzipSync(small);
const brotli = (bytes: Uint8Array): Uint8Array =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
const sent = (coding: string, bytes: Uint8Array) => answer(bytes, xml, `content-encoding: ${coding}`);

/** Bodies that are small until they are unpacked, and bodies that cannot be. */
export const bombs: Attacks = [
  ['gzip-bomb', sent('gzip', gzipSync(zeros))],
  ['x-gzip-bomb', sent('x-gzip', gzipSync(zeros))],
  ['deflate-bomb', sent('deflate', deflateSync(zeros))],
  ['deflate-raw-bomb', sent('deflate', deflateRawSync(zeros))],
  ['brotli-bomb', sent('br', brotli(zeros))],
  ['gzip-items', sent('gzip', gzipSync(items))],
  ['brotli-items', sent('br', brotli(items))],
  ['gzip-twice', sent('gzip, gzip', gzipSync(gzipSync(zeros)))],
  ['gzip-members', sent('gzip', Buffer.concat(Array.from({ length: 20 }, () => gzipSync(zeros))))],
  ['gzip-in-gzip', sent('gzip', gzipSync(gzipSync(zeros)))],
  ['gzip-broken', sent('gzip', packed.subarray(0, 20))],
  ['gzip-head-alone', sent('gzip', packed.subarray(0, 10))],
  ['gzip-rest', sent('gzip', Buffer.concat([packed, Buffer.alloc(100_000, 'x')]))],
  ['gzip-flipped', sent('gzip', Buffer.from(packed).fill(0xff, 12, 20))],
  ['gzip-sum', sent('gzip', Buffer.from(packed).fill(0, packed.length - 8))],
  ['gzip-none', sent('gzip', small)],
  ['brotli-none', sent('br', small)],
  ['deflate-none', sent('deflate', small)],
  ['brotli-broken', sent('br', brotli(small).subarray(0, 9))],
  ['gzip-empty', sent('gzip', Buffer.alloc(0))],
  ['zstd', sent('zstd', small)],
  ['compress', sent('compress', small)],
  ['coding-unknown', sent('klingon', small)],
  ['codings-many', sent(Array.from({ length: 500 }, () => 'gzip').join(','), packed)],
];
