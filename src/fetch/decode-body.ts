import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** A body that has more bytes than may be read, counted after decompression. */
export class BodyTooLarge extends Error {}

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** The body's bytes with its one layer of compression removed; a second layer is nobody's honest feed. */
export async function readBody(body: Readable, coding: string, maxBytes: number): Promise<Uint8Array> {
  const name = coding.trim().toLowerCase();
  if (name !== '' && name !== 'identity' && !Object.hasOwn(decoders, name)) {
    body.destroy();
    throw new Error(`the content coding ${JSON.stringify(name)} is not one of gzip, br, deflate`);
  }
  const decoder = Object.hasOwn(decoders, name) ? decoders[name as keyof typeof decoders]() : undefined;
  if (decoder) {
    body.on('error', (error) => decoder.destroy(error));
    body.pipe(decoder);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (decoder ?? body) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw new BodyTooLarge(`the document has more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } finally {
    decoder?.destroy();
    body.destroy();
  }
  return Buffer.concat(chunks, size);
}
