import { foldSpace } from '../space.ts';
import { stripForbidden } from '../xml-chars.ts';
import { hidden, readContent } from './content.ts';
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
  const sound = stripForbidden(html);
  return foldSpace(/[<&]/.test(sound) ? (textOfPlainTags(sound) ?? textOfAnything(sound)) : sound);
}

/** Tags as the sanitizer writes them. */
const plainTags = /<\/?([a-z][a-z0-9]*)(?: [a-z-]+="[^"<>]*")*>|</g;

/** The text between plain tags; undefined where there is any other mark-up, or an element that is not for readers. */
export function textOfPlainTags(html: string): string | undefined {
  let text = '';
  let end = 0;
  for (const { 0: tag, 1: name, index } of html.matchAll(plainTags)) {
    if (name === undefined || hidden.has(name)) return undefined;
    text += decodeText(html.slice(end, index));
    if (blocks.has(name)) text += ' ';
    end = index + tag.length;
  }
  return text + decodeText(html.slice(end));
}

export function textOfAnything(html: string): string {
  let text = '';
  const spaceAround = (name: string): void => {
    if (blocks.has(name)) text += ' ';
  };
  readContent(html, {
    open: spaceAround,
    close: spaceAround,
    text(raw) {
      text += decodeText(raw);
    },
  });
  return text;
}
