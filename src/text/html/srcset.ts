/** One image of a `srcset`, with where its URL stands in the attribute's value. */
export interface SrcsetCandidate {
  readonly url: string;
  readonly start: number;
  /** `2x`, `640w`, or empty. */
  readonly descriptor: string;
}

/**
 * The candidates of a `srcset` value as browsers split it (HTML section "parse a srcset attribute"): a URL is a
 * run without white space, so it may hold commas; a comma at its end, or after its descriptor, ends the candidate.
 */
export function parseSrcset(srcset: string): readonly SrcsetCandidate[] {
  const candidates: SrcsetCandidate[] = [];
  const separators = /[\s,]*/y;
  const word = /\S+/y;
  const rest = /[^,]*/y;
  const read = (pattern: RegExp, from: number): string => {
    pattern.lastIndex = from;
    return pattern.exec(srcset)?.[0] ?? '';
  };

  let at = 0;
  for (;;) {
    const start = at + read(separators, at).length;
    const run = read(word, start);
    if (run === '') return candidates;
    const url = withoutTrailingCommas(run);
    at = start + run.length;
    const descriptor = url === run ? read(rest, at) : '';
    at += descriptor.length;
    candidates.push({ url, start, descriptor: descriptor.trim() });
  }
}

function withoutTrailingCommas(run: string): string {
  let end = run.length;
  while (run[end - 1] === ',') end--;
  return run.slice(0, end);
}
