/** What kind of document a text is, from its first characters; the media type is not asked. */
export type DocumentKind = 'empty' | 'binary' | 'json' | 'xml';

/** Beginnings of files that people subscribe to by mistake and that a charset may make look like text. */
const otherFiles = ['%PDF-', 'PK\u0003\u0004', 'GIF8', '\u001f\u008b', '\u0089PNG'];

/** An object or a list, in a call where it was meant for a script. */
const json = /^(?:[\w$.]{1,64}\(\s*)?[{[]/;

export function detect(text: string): DocumentKind {
  const start = text.trimStart().slice(0, 1024);
  if (start === '') return 'empty';
  if (start.startsWith('<')) return 'xml';
  if (json.test(start)) return 'json';
  const isFile = otherFiles.some((magic) => start.startsWith(magic)) || isMostlyControls(start);
  return isFile ? 'binary' : 'xml';
}

/** A few controls and undecodable bytes are damage; one in eight is another kind of file. */
function isMostlyControls(text: string): boolean {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd) controls++;
  }
  return controls > text.length / 8;
}
