const tag = /<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi;

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/**
 * HTML cut to so many bytes of UTF-8: at the end of the last element that fits, with what is open there
 * closed; where no element ends, at a character.
 * @param html sanitized, so that tags are what looks like them
 */
export function cutHtml(html: string, maxBytes: number): string {
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
  if (end === 0)
    return html
      .slice(0, read)
      .replace(/<[^<>]*$/, '')
      .toWellFormed();
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
