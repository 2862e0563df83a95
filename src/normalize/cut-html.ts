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
  let end = 0;
  let closing = '';
  for (const match of html.matchAll(tag)) {
    const [whole, slash = '', name = ''] = match;
    const after = match.index + whole.length;
    if (after + closingLength(open) > read) break;
    const isVoid = voidElements.has(name.toLowerCase());
    if (slash === '' && !isVoid) open.push(name);
    if (slash !== '') {
      const at = open.lastIndexOf(name);
      if (at !== -1) open.length = at;
    }
    if (slash === '' && !isVoid) continue;
    end = after;
    closing = open
      .toReversed()
      .map((element) => `</${element}>`)
      .join('');
  }
  return end === 0 ? html.slice(0, read).replace(/<[^<>]*$/, '') : html.slice(0, end) + closing;
}

function closingLength(open: readonly string[]): number {
  return open.reduce((length, name) => length + name.length + 3, 0);
}
