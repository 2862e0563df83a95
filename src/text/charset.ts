export interface CharsetWarning {
  readonly code: string;
  readonly message: string;
}
export interface DecodedDocument {
  readonly text: string;
  readonly encoding: string;
  readonly warnings: readonly CharsetWarning[];
}
export function decodeDocument(bytes: Uint8Array, declared: { contentType?: string } = {}): DecodedDocument {
  void declared;
  return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8', warnings: [] };
}
