import { foldSpace } from '../space.ts';
import { stripForbidden } from '../xml-chars.ts';
import { htmlToText } from './to-text.ts';

/** Longer titles are texts. */
const maxLength = 1024;

/** The elements of HTML, those of its past included; what else stands in angle brackets is the author's text. */
const elements =
  'a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|' +
  'caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|' +
  'figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|' +
  'legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|nobr|noembed|noframes|noscript|object|ol|optgroup|' +
  'option|output|p|param|picture|plaintext|pre|progress|q|rb|rp|rt|rtc|ruby|s|samp|script|section|select|small|source|' +
  'span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|' +
  'tt|u|ul|var|video|wbr|xmp';
const tag = `/?(?:${elements})(?:[\\s/][^<>]*)?>|!--`;
const strayBracket = new RegExp(`<(?!${tag})`, 'gi');
const tagName = new RegExp(`<(/?)(${elements})(?:[\\s/][^<>]*)?>`, 'gi');

/** All but those that are white space. */
const controls = /(?![\s\x85])\p{Cc}/gu;

/** Tags that are markup alone, without an end tag. */
const loneTags = new Set(['br', 'hr', 'img', 'wbr']);

/**
 * A title as plain text without markup, whatever `type` says of it: white space folded, control characters gone,
 * at most 1,024 characters.
 *
 * `html`: tags of HTML's own elements are removed and entities decoded once. A `<` that opens no such tag is kept:
 * `a < b`, `I <3 it`, `List<String>`.
 *
 * `text`: nothing is decoded, `AT&T` and `&amp;` stay as they are. Sources that escape twice call `<b>Big</b> news`
 * text; so text with an element that is opened and closed again, or a `<br>` or `<img>`, is read as `html`, while
 * `The <details> element` is left alone.
 */
export function plainTitle(text: string, type: 'text' | 'html'): string {
  const isHtml = type === 'html' || looksLikeHtml(text);
  const plain = isHtml ? htmlToText(text.replace(strayBracket, '&lt;')) : text;
  return cut(foldSpace(stripForbidden(plain).replace(controls, '')));
}

function looksLikeHtml(text: string): boolean {
  const opened = new Set<string>();
  for (const [, slash, name = ''] of text.matchAll(tagName)) {
    const element = name.toLowerCase();
    if (loneTags.has(element)) return true;
    if (slash === '') opened.add(element);
    else if (opened.has(element)) return true;
  }
  return false;
}

/** Counted in code points, none of which is split. */
function cut(text: string): string {
  if (text.length <= maxLength) return text;
  return Array.from(text.slice(0, 2 * maxLength))
    .slice(0, maxLength)
    .join('')
    .trimEnd();
}
