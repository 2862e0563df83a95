import { readTokens, type RawAttribute } from './tokens.ts';

/** Elements whose inside is code, data, a form's state or a drawing: nothing of it is content for a reader. */
export const hidden: ReadonlySet<string> = new Set([
  'iframe',
  'math',
  'noembed',
  'noframes',
  'noscript',
  'plaintext',
  'script',
  'style',
  'svg',
  'template',
  'textarea',
  'title',
  'xmp',
]);
const foreign = new Set(['svg', 'math']);

/** What a reader of content listens to; names are in lower case, texts are still escaped. */
export interface ContentHandler {
  open(name: string, attributes: readonly RawAttribute[]): void;
  close?(name: string): void;
  text(raw: string): void;
}

/**
 * The tags and texts of a fragment that a reader is meant to see: hidden elements report their start tag and are
 * then skipped to their end tag, or to the end of the text when there is none. CDATA markers, which feeds leave
 * behind when they wrap twice, are taken off and their inside is read as HTML.
 */
export function readContent(html: string, handler: ContentHandler): void {
  let skipped: string | undefined;
  let depth = 0;
  const closesLater = endTagFinder(html);

  readTokens(html, {
    open(name, attributes, selfClosing, end) {
      if (skipped !== undefined) {
        if (name === skipped && !(selfClosing && foreign.has(name))) depth++;
        return;
      }
      handler.open(name, attributes);
      if (!hidden.has(name)) return;
      // `<iframe/>` comes from XHTML and is empty there; to HTML the slash means nothing.
      if (selfClosing && (foreign.has(name) || !closesLater(name, end))) return;
      skipped = name;
      depth = 1;
    },
    close(name) {
      if (skipped === undefined) handler.close?.(name);
      else if (name === skipped && --depth === 0) skipped = undefined;
    },
    text(raw) {
      if (skipped === undefined) handler.text(raw);
    },
    cdata(raw) {
      if (skipped === undefined) readContent(raw, handler);
    },
    isForeign: () => skipped !== undefined && foreign.has(skipped),
  });
}

/** Answers whether an end tag of that name stands at or after a position; positions only grow. */
function endTagFinder(html: string): (name: string, position: number) => boolean {
  const found = new Map<string, number>();
  return (name, position) => {
    const known = found.get(name) ?? 0;
    if (known < 0 || known >= position) return known >= 0;
    const endTag = new RegExp(`</${name}`, 'gi');
    endTag.lastIndex = position;
    const next = endTag.exec(html)?.index ?? -1;
    found.set(name, next);
    return next >= 0;
  };
}
