/**
 * JSON with its everyday damage repaired: line breaks and other controls in strings, escapes that JSON does
 * not have, commas before a closing bracket, text around the document, an end that is missing. Of what was
 * cut off, the items that are whole stay. The result is for `JSON.parse`, which has the last word.
 */
export function repairJson(text: string): string {
  const token = /"|[{}[\],:]|[^\s"{}[\],:]+/g;
  const pieces: string[] = [];
  const open: string[] = [];
  /** After the last whole item: how many pieces, and what closes them. */
  let whole = { count: 0, closers: '' };
  token.lastIndex = Math.max(0, text.search(/[{[]/));
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [mark] = match;
    if (mark === '"') {
      const end = stringEnd(text, token.lastIndex);
      if (end === -1) break;
      pieces.push(`"${repairString(text.slice(token.lastIndex, end))}"`);
      token.lastIndex = end + 1;
      continue;
    }
    const closer = closers.get(mark);
    if (closer !== undefined) open.push(closer);
    if (mark === '}' || mark === ']') {
      if (pieces.at(-1) === ',') pieces.pop();
      if (open.pop() !== mark) break;
    }
    pieces.push(literal.test(mark) ? mark : 'null');
    if (open.length === 0) return pieces.join('');
    if (open.length > maxDepth || pieces.length > maxPieces) break;
    if (mark === '}' && open.length === 2)
      whole = { count: pieces.length, closers: open.toReversed().join('') };
  }
  return pieces.slice(0, whole.count).join('') + whole.closers;
}

/** What JSON has beside strings; `NaN`, `None`, `undefined` and the like mean nothing. */
const literal = /^(?:[{}[\],:]|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;

/** Where damage of this size is found, what was read so far has to do. */
const maxPieces = 1_000_000;

const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
]);

/** Deeper than any feed, and what a parser may be asked to read. */
const maxDepth = 256;

/** Whether brackets nest deeper than a parser should be asked to follow. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(json, at + 1);
      if (end === -1) return false;
      at = end;
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > maxDepth) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
  }
  return false;
}

/** The quote that ends the string which begins at `from`, or -1. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return -1;
}

function repairString(inner: string): string {
  return inner.replace(/\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|\\|\p{Cc}/gu, (found) => {
    if (found.length > 1) return found;
    return found === '\\' ? '' : JSON.stringify(found).slice(1, -1);
  });
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
