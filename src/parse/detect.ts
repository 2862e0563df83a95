/** What kind of document a text is, from its first characters; the media type is not asked. */
export type DocumentKind = 'empty' | 'binary' | 'json' | 'xml';

/** NUL and other controls that no text has; a few of them are damage, many are another kind of file. */
const control = /[\0-\x08\x0e-\x1f\ufffd]/g;

/** Beginnings of files that are not text, as any charset shows them. */
const magic = /^(?:%PDF-|PK\x03\x04|\x89PNG|GIF8|\x1f.?\x08|\xff\xd8)/;

export function detect(text: string): DocumentKind {
  const start = text.slice(0, 1024).trimStart();
  if (start === '' && text.trim() === '') return 'empty';
  if (magic.test(start)) return 'binary';
  if ((start.match(control)?.length ?? 0) > start.length / 8) return 'binary';
  return start.startsWith('{') || start.startsWith('[') ? 'json' : 'xml';
}
