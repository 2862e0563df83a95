import { escapeAttribute } from './escape.ts';

const tag = /<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi;

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/**
 * Sanitized HTML of at most `maxBytes` bytes of UTF-8. Longer HTML ends where an element ends, with what is
 * open there closed; where it goes on elsewhere, a link to the rest follows.
 */
export function cutHtml(html: string, maxBytes: number, restUrl?: string): string {
  if (html.length * 3 <= maxBytes || Buffer.byteLength(html) <= maxBytes) return html;
  if (restUrl === undefined) return cutAt(html, maxBytes);
  const rest = `<p><a href="${escapeAttribute(restUrl)}">…</a></p>`;
  return cutAt(html, Math.max(0, maxBytes - Buffer.byteLength(rest))) + rest;
}

/**
 * HTML cut to so many bytes of UTF-8: at the end of the last element that fits, with what is open there
 * closed; where no element ends, at a character.
 */
function cutAt(html: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(html, new Uint8Array(maxBytes));
  const open: string[] = [];
  let closingLength = 0;
  let end = 0;
  for (const { 0: whole, 1: slash, 2: name = '', index } of html.matchAll(tag)) {
    const after = index + whole.length;
    if (after > read) break;
    const change = slash === '' ? opened(open, name) : -closed(open, name);
    closingLength += change;
    if (change <= 0 && after + closingLength <= read) end = after;
  }
  if (end === 0) return textBefore(html.slice(0, read));
  return html.slice(0, end) + endTags(html.slice(0, end));
}

/** What closes the elements that are open at the end. */
function endTags(html: string): string {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(tag)) {
    if (slash === '') opened(open, name);
    else closed(open, name);
  }
  return open
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');
}

/** How much longer the end tags get. */
function opened(open: string[], name: string): number {
  if (voidElements.has(name.toLowerCase())) return 0;
  open.push(name);
  return name.length + 3;
}

/** How much shorter. */
function closed(open: string[], name: string): number {
  if (open.at(-1) !== name) return 0;
  open.pop();
  return name.length + 3;
}

/** Text without a tag, a character reference or a word that was cut in two. */
function textBefore(start: string): string {
  const text = start
    .replace(/<[^<>]*$|&[^;\s]{0,40}$/, '')
    .toWellFormed()
    .replace(/<[^<>]*>/g, '');
  // Chinese has no spaces to end at: only the last few characters are looked at.
  const lastWord = text.slice(-32).search(/\s\S*$/);
  return lastWord === -1 ? text : text.slice(0, Math.max(0, text.length - 32) + lastWord).trimEnd();
}
