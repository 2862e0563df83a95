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
    pieces.push(mark);
    if (open.length === 0) return pieces.join('');
    if (mark === '}' && open.length === 2)
      whole = { count: pieces.length, closers: open.toReversed().join('') };
  }
  return pieces.slice(0, whole.count).join('') + whole.closers;
}

const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
]);

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
