import { ebcdic, ebcdicControls, overAscii } from './code-pages.ts';

const ascii = String.fromCharCode(...Array(0x80).keys());

/** The characters of all 256 bytes, by encoding. */
const characters = new Map([
  ...Object.entries(overAscii).map(([name, upper]) => [name, ascii + upper] as const),
  ...Object.entries(ebcdic).map(([name, upper]) => [name, ebcdicControls + upper] as const),
]);

/** Whether `decodeSingleByte` reads that encoding. */
export function isSingleByte(encoding: string): boolean {
  return characters.has(encoding);
}

export function isEbcdic(encoding: string): boolean {
  return Object.hasOwn(ebcdic, encoding);
}

/** @param encoding one of which `isSingleByte` is true */
export function decodeSingleByte(bytes: Uint8Array, encoding: string): string {
  const table = characters.get(encoding) ?? ascii;
  const utf16 = Buffer.alloc(bytes.length * 2);
  for (const [index, byte] of bytes.entries()) utf16.writeUInt16LE(table.charCodeAt(byte), index * 2);
  return utf16.toString('utf16le');
}
