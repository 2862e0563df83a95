import { textOf, type XmlElement } from '../../parse/xml/element.ts';
import { escapeHtml } from '../../text/html/escape.ts';
import { plainTitle } from '../../text/html/plain-title.ts';
import { foldSpace } from '../../text/space.ts';
import { stripForbidden } from '../../text/xml-chars.ts';
import type { NormalizeContext } from '../context.ts';
import { richText } from '../html-field.ts';
import { innerHtml } from './inner-html.ts';
import { baseOf } from './scope.ts';

/** What an element holds: plain text, HTML that was escaped, or markup that stands in it. */
interface TextConstruct {
  readonly kind: 'text' | 'html' | 'markup';
  /** Not of `markup`. */
  readonly text: string;
}

/** The element as an item's HTML field; undefined when it holds nothing. */
export function htmlOf(element: XmlElement, context: NormalizeContext): string | undefined {
  const { kind, text } = read(element);
  const holder = kind === 'markup' ? unwrapped(element) : element;
  const baseUrl = baseOf(holder, context);
  const html = kind === 'markup' ? markupOf(holder, baseUrl) : kind === 'text' ? escapeHtml(text) : text;
  return richText(html, { baseUrl, sanitize: context.sanitize });
}

/** The element as plain text, white space folded: titles, descriptions of feeds, rights. */
export function plainOf(element: XmlElement): string | undefined {
  const { kind, text } = read(element);
  const plain = kind === 'markup' ? plainTitle(markupOf(unwrapped(element)), 'html') : plainTitle(text, kind);
  return plain === '' ? undefined : plain;
}

/** The text of an element that holds no markup: dates, ids, names, terms. */
export function tokenOf(element: XmlElement): string | undefined {
  const text = foldSpace(textOf(element));
  return text === '' ? undefined : text;
}

/** Elements whose text is plain by their standard, though some authors put HTML in them all the same. */
const plainByCustom = new Set([
  'itunes:summary',
  'itunes:subtitle',
  'media:description',
  'googleplay:description',
]);

function read(element: XmlElement): TextConstruct {
  // Markup in an element that declares itself text is markup all the same.
  if (element.children.some((node) => typeof node !== 'string')) return { kind: 'markup', text: '' };
  const isAtom = element.name.startsWith('atom:');
  const type = mediaType(element);
  const mode = element.attributes.get('mode')?.trim().toLowerCase();
  const text = textOf(element);
  if (mode === 'base64' || (isAtom && isBinary(type))) {
    const decoded = decodeBase64(text) ?? text;
    return { kind: type.startsWith('text/plain') ? 'text' : 'html', text: decoded };
  }
  if (type.startsWith('text/html')) return { kind: 'html', text };
  // RFC 4287 3.1.1: without a type text is text. Only where the author calls it XHTML or escaped may it be HTML.
  if (isAtom && mode !== 'escaped' && !type.includes('xml')) return { kind: 'text', text };
  const mayBePlain = isAtom || type !== '' || plainByCustom.has(element.name);
  return { kind: mayBePlain && !looksLikeHtml(text) ? 'text' : 'html', text };
}

/** The `type` of an element, with Atom's short names spelt out; empty where there is none. */
function mediaType(element: XmlElement): string {
  const type = element.attributes.get('type')?.trim().toLowerCase() ?? '';
  return shortTypes.get(type) ?? type;
}

const shortTypes = new Map([
  ['text', 'text/plain'],
  ['plain', 'text/plain'],
  ['html', 'text/html'],
  ['xhtml', 'application/xhtml+xml'],
]);

/** RFC 4287 4.1.3.3: of every media type that is neither text nor XML the content is base64. */
function isBinary(type: string): boolean {
  return type.includes('/') && !type.startsWith('text/') && !/[/+]xml\b/.test(type);
}

/** Undefined for what is no base64, or no text when decoded. */
function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact)) return undefined;
  try {
    return stripForbidden(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64')));
  } catch {
    return undefined;
  }
}

function looksLikeHtml(text: string): boolean {
  return /<\/[a-z][a-z0-9]{0,9}>|<(?:br|hr|img|p)\b[^<>]{0,500}>|&(?:#\d{1,6}|[a-z]{2,8});/i.test(text);
}

/**
 * Atom's XHTML is wrapped in a div that is no part of it (RFC 4287 3.1.1.3). In Atom 0.3, which has a mode,
 * a div is a div.
 */
function unwrapped(element: XmlElement): XmlElement {
  if (!element.name.startsWith('atom:') || element.attributes.has('mode')) return element;
  if (mediaType(element) !== 'application/xhtml+xml') return element;
  const inner = element.children.filter((node) => typeof node !== 'string' || node.trim() !== '');
  const [only] = inner;
  return inner.length === 1 && typeof only === 'object' && /\bdiv$/.test(only.name) ? only : element;
}

/** Markup in Atom is XML throughout; in RSS it stands among escaped HTML. */
function markupOf(element: XmlElement, baseUrl?: string): string {
  return innerHtml(element, /^(?:atom|xhtml):/.test(element.name) ? 'literal' : 'markup', baseUrl);
}
