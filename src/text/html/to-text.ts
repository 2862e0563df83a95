import { foldSpace } from '../space.ts';
import { stripForbidden } from '../xml-chars.ts';
import { readContent } from './content.ts';
import { decodeText } from './tokens.ts';

/** Elements that a reader sees as a place of their own, so that the words around them do not run together. */
const blocks = new Set(
  (
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li main menu nav ol optgroup ' +
    'option p pre section select summary table tbody td tfoot th thead tr ul video'
  ).split(' '),
);

/**
 * Plain text as a reader of a title or a lead sees it: no tags, no scripts or styles, entities decoded once,
 * a space where a block ends or a line breaks, white space folded.
 */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return foldSpace(stripForbidden(html));
  let text = '';
  const spaceAround = (name: string): void => {
    if (blocks.has(name)) text += ' ';
  };
  readContent(stripForbidden(html), {
    open: spaceAround,
    close: spaceAround,
    text(raw) {
      text += decodeText(raw);
    },
  });
  return foldSpace(text);
}
