import { textOf, type XmlElement } from '../../parse/xml/element.ts';
import { escapeHtml } from '../../text/html/escape.ts';
import { plainTitle } from '../../text/html/plain-title.ts';
import { foldSpace } from '../../text/space.ts';
import type { NormalizeContext } from '../context.ts';
import { richText } from '../html-field.ts';
import { innerHtml } from './inner-html.ts';
import { baseOf } from './scope.ts';

/** What the text of an element is: plain, HTML that was escaped, or markup that stands in it. */
type TextKind = 'text' | 'html' | 'markup' | 'binary';

/** The element as an item's HTML field; undefined when it holds nothing. */
export function htmlOf(element: XmlElement, context: NormalizeContext): string | undefined {
  const baseUrl = baseOf(element, context);
  const html = rawHtml(element, baseUrl);
  return html === undefined || html.trim() === ''
    ? undefined
    : richText(html, { baseUrl, sanitize: context.sanitize });
}

/** The element as plain text, white space folded: titles, descriptions of feeds, rights. */
export function plainOf(element: XmlElement): string | undefined {
  const kind = kindOf(element);
  const plain =
    kind === 'text' || kind === 'binary'
      ? plainTitle(contentOf(element), 'text')
      : plainTitle(kind === 'markup' ? unwrapped(element, undefined) : contentOf(element), 'html');
  return plain === '' ? undefined : plain;
}

/** The text of an element that holds no markup: dates, ids, names, terms. */
export function tokenOf(element: XmlElement): string | undefined {
  const text = foldSpace(textOf(element));
  return text === '' ? undefined : text;
}

function rawHtml(element: XmlElement, baseUrl: string | undefined): string | undefined {
  switch (kindOf(element)) {
    case 'text':
      return escapeHtml(contentOf(element));
    case 'html':
      return contentOf(element);
    case 'markup':
      return unwrapped(element, baseUrl);
    case 'binary':
      return undefined;
  }
}

function kindOf(element: XmlElement): TextKind {
  const isAtom = element.name.startsWith('atom:');
  const hasMarkup = element.children.some((node) => typeof node !== 'string');
  if (!isAtom) {
    if (hasMarkup) return 'markup';
    return plainByCustom.has(element.name) && !looksLikeHtml(textOf(element)) ? 'text' : 'html';
  }
  // Markup in an element that declares itself text is markup all the same.
  if (hasMarkup) return 'markup';
  const type = (element.attributes.get('type') ?? 'text').trim().toLowerCase();
  if (type === 'html' || type.startsWith('text/html') || type === 'xhtml' || type === 'application/xhtml+xml')
    return 'html';
  if (type === 'text' || type === '' || type.startsWith('text/') || type === 'plain') return 'text';
  if (/[/+]xml\b/.test(type)) return 'markup';
  return isBase64(element) ? 'binary' : 'text';
}

/** Elements whose text is plain by their standard, though some authors put HTML in them all the same. */
const plainByCustom = new Set([
  'itunes:summary',
  'itunes:subtitle',
  'media:description',
  'googleplay:description',
]);

function looksLikeHtml(text: string): boolean {
  return /<\/[a-z][a-z0-9]{0,9}>|<(?:br|hr|img|p)\b[^<>]{0,500}>|&(?:#\d{1,6}|[a-z]{2,8});/i.test(text);
}

/** Atom 0.3 calls it a mode; in Atom 1.0 (RFC 4287 4.1.3.3) every media type that is no text is base64. */
function isBase64(element: XmlElement): boolean {
  const mode = element.attributes.get('mode')?.trim().toLowerCase();
  if (mode !== undefined) return mode === 'base64';
  return (element.attributes.get('type') ?? '').includes('/');
}

function contentOf(element: XmlElement): string {
  const text = textOf(element);
  if (element.attributes.get('mode')?.trim().toLowerCase() !== 'base64') return text;
  return new TextDecoder().decode(Buffer.from(text, 'base64'));
}

/** Atom's XHTML is wrapped in a div that is no part of it (RFC 4287 3.1.1.3). */
function unwrapped(element: XmlElement, baseUrl: string | undefined): string {
  const inner = element.children.filter((node) => typeof node !== 'string' || node.trim() !== '');
  const [only] = inner;
  const isWrapper =
    inner.length === 1 &&
    typeof only === 'object' &&
    only.name === 'xhtml:div' &&
    element.name.startsWith('atom:');
  return innerHtml(
    isWrapper ? only : element,
    isWrapper || element.name.startsWith('atom:') ? 'literal' : 'markup',
    baseUrl,
  );
}
