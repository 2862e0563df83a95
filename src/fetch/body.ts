import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { TributaryError } from '../model/errors.ts';
import type { Answer } from './exchange.ts';
import { largeBytes, type LetGrow } from './large-bodies.ts';
import { createTurns } from './turns.ts';

type Decode = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const inflateZlib: Decode = promisify(inflate);
const inflateBare: Decode = promisify(inflateRaw);

const decoders = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  // RFC 9110, section 8.4.1.2, means zlib's format; many servers send what it wraps.
  ['deflate', (bytes, options) => (hasZlibHeader(bytes) ? inflateZlib : inflateBare)(bytes, options)],
]);

/** What is not wanted is read on so far and for so long. */
const maxDiscardedBytes = 16_384;
const maxDiscardMs = 1000;

/** A small body may become one of `maxBytes`: so many are decompressed at the same time. */
const decompressions = createTurns(2);

/**
 * Reads a body to its end and removes its one layer of compression.
 * @throws TributaryError `too-large` for more than `maxBytes`, sent or decompressed; `bad-encoding` for a
 * second layer, an unknown one, and what is not what it says or ends early.
 */
export async function readBody(answer: Answer, maxBytes: number, letGrow: LetGrow): Promise<Uint8Array> {
  const codings = codingsOf(answer, 'content-encoding', 'identity');
  const [decode] = codings.map((coding) => decoders.get(coding));
  const problem = problemOf(answer, codings, maxBytes);
  if (problem) {
    discard(answer);
    throw problem;
  }
  const bytes = answer.body ? await collect(answer.body, maxBytes, letGrow) : new Uint8Array();
  return decode ? await decompress(decode, bytes, maxBytes) : bytes;
}

/** Reads what is left of a short body, so that the connection can be used again; breaks a long or slow one. */
export function discard({ headers, body }: Answer): void {
  if (!body) return;
  const end = (): void => void body.destroy();
  if (Number(headers['content-length']) > maxDiscardedBytes) {
    end();
    return;
  }
  const timer = setTimeout(end, maxDiscardMs).unref();
  let size = 0;
  body
    .on('close', () => clearTimeout(timer))
    .on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > maxDiscardedBytes) end();
    });
}

/** Why a body need not even be read. */
function problemOf(answer: Answer, codings: readonly string[], maxBytes: number): TributaryError | undefined {
  if (codings.length > 1 || !codings.every((coding) => decoders.has(coding))) {
    return new TributaryError('bad-encoding', 'the content coding is not one of gzip, br and deflate');
  }
  if (codingsOf(answer, 'transfer-encoding', 'chunked').length > 0) {
    return new TributaryError('bad-encoding', 'the transfer coding was not asked for');
  }
  return Number(answer.headers['content-length']) > maxBytes ? tooLarge(maxBytes) : undefined;
}

/** The names in a header field, but for the one that changes nothing. */
function codingsOf({ headers }: Answer, field: string, plain: string): readonly string[] {
  const values = headers[field] ?? [];
  return (typeof values === 'string' ? [values] : values)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '' && value !== plain);
}

async function collect(body: Readable, maxBytes: number, letGrow: LetGrow): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let leave: (() => void) | undefined;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
      if (size > largeBytes) leave ??= await letGrow(body);
    }
    return Buffer.concat(chunks, size);
  } finally {
    leave?.();
  }
}

async function decompress(decode: Decode, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const leave = await decompressions.take();
  try {
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new TributaryError('bad-encoding', 'the compressed body is damaged or ends early', {
      cause: error,
    });
  } finally {
    leave();
  }
}

function tooLarge(maxBytes: number): TributaryError {
  return new TributaryError('too-large', `the document has more than ${maxBytes} bytes`);
}

/** RFC 1950, section 2.2: the method is 8, and the first two bytes are a multiple of 31. */
function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}
