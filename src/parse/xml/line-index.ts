/** The 1-based line of a position; the text is searched only as far and as often as asked. */
export function createLineIndex(source: string): (offset: number) => number {
  const starts = [0];
  return (offset) => {
    for (let last = starts.at(-1) ?? 0; last <= offset;) {
      const end = source.indexOf('\n', last);
      if (end === -1) break;
      last = end + 1;
      starts.push(last);
    }
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
