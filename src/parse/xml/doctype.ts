/**
 * The position after a DOCTYPE of any size: quoted strings, comments and an internal subset are read over,
 * with all that they declare.
 * @param start where `<!` is
 */
export function doctypeEnd(source: string, start: number): number {
  const token = /["'<>[\]]/g;
  token.lastIndex = start + 2;
  let brackets = 0;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    const [mark] = match;
    if (mark === '[') brackets++;
    else if (mark === ']') brackets--;
    else if (mark === '>' && brackets <= 0) return token.lastIndex;
    else if (mark === '<' && brackets <= 0) return match.index;
    else if (mark === '<' && source.startsWith('<!--', match.index)) {
      const end = source.indexOf('-->', match.index);
      if (end !== -1) token.lastIndex = end + 3;
    } else if (mark === '"' || mark === "'") {
      const end = source.indexOf(mark, token.lastIndex);
      if (end === -1) break;
      token.lastIndex = end + 1;
    }
  }
  const gt = source.indexOf('>', start);
  return gt === -1 ? source.length : gt + 1;
}
