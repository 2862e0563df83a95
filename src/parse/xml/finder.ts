/**
 * `indexOf` for a reader that only moves forward: each occurrence is looked for once, so that a document
 * full of unclosed markup is still read in linear time. Questions must come with growing positions.
 */
export function createFinder(source: string, needle: string): (from: number) => number {
  let last = -2;
  return (from) => {
    if (last === -1 || last >= from) return last;
    last = source.indexOf(needle, from);
    return last;
  };
}
