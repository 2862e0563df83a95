import { decoderOf } from './labels.ts';
import { decodeSingleByte, isSingleByte } from './single-byte.ts';

const replacement = 0xfffd;

/**
 * The text of bytes in an encoding that `encodingOf` returned, without byte order mark; what is invalid
 * becomes U+FFFD, and the rest of the document stays as it is.
 */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (isSingleByte(encoding)) return decodeSingleByte(bytes, encoding);
  const isUtf32 = encoding === 'utf-32le' || encoding === 'utf-32be';
  const text = isUtf32 ? decodeUtf32(bytes, encoding === 'utf-32le') : decoderOf(encoding)?.decode(bytes);
  return (text ?? '').replace(/^\ufeff+/, '');
}

/** Through UTF-16, which the platform turns into a string at once. */
function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 4) {
    const point = index + 4 <= bytes.length ? view.getUint32(index, isLittleEndian) : replacement;
    const isScalar = point < 0xd800 || (point > 0xdfff && point <= 0x10ffff);
    if (isScalar && point > 0xffff) {
      length = utf16.writeUInt16LE(0xd7c0 + (point >> 10), length);
      length = utf16.writeUInt16LE(0xdc00 + (point & 0x3ff), length);
    } else {
      length = utf16.writeUInt16LE(isScalar ? point : replacement, length);
    }
  }
  return utf16.toString('utf16le', 0, length);
}
