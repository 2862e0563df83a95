/**
 * Parsing to the canonical result against feedsmith 3 on the same documents, in alternating rounds:
 * `node bench/parse.ts`. With sanitizing, feedsmith is followed by sanitize-html on each summary and content.
 */
import { parseFeed as feedsmithParse } from 'feedsmith';
import sanitizeHtml from 'sanitize-html';
import { parseFeed } from '../src/normalize/parse-feed.ts';
import { benchDocuments, type BenchDocument } from './parse-documents.ts';

const rounds = 7;

export interface ParseResult {
  readonly document: string;
  readonly sanitize: boolean;
  /** Feeds a second. */
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
}

export function benchParse(): readonly ParseResult[] {
  return [false, true].flatMap((sanitize) => benchDocuments().map((document) => compare(document, sanitize)));
}

function compare({ name, bytes }: BenchDocument, sanitize: boolean): ParseResult {
  const ours = (): unknown => parseFeed(bytes, { url: 'https://example.org/feed', sanitize });
  const theirs = (): unknown => readWithFeedsmith(bytes, sanitize);
  // Enough runs a round that a round takes about 150 ms.
  const runs = Math.max(3, Math.ceil(150 / Math.max(time(theirs, 5) / 5, 0.05)));
  time(ours, runs);
  time(theirs, runs);
  const pairs = Array.from({ length: rounds }, () => [time(ours, runs), time(theirs, runs)] as const);
  const mine = median(pairs.map(([own]) => own)) / runs;
  const other = median(pairs.map(([, foreign]) => foreign)) / runs;
  return { document: name, sanitize, ours: 1000 / mine, theirs: 1000 / other, ratio: other / mine };
}

function readWithFeedsmith(bytes: Uint8Array, sanitize: boolean): unknown {
  const parsed = feedsmithParse(new TextDecoder().decode(bytes));
  if (!sanitize || parsed.format !== 'rss') return parsed;
  return parsed.feed.items?.map((item) => [
    sanitizeHtml(item.description ?? ''),
    sanitizeHtml(item.content?.encoded ?? ''),
  ]);
}

/** Milliseconds that so many runs take. */
function time(work: () => unknown, runs: number): number {
  const start = performance.now();
  for (let i = 0; i < runs; i++) work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

if (import.meta.main) {
  const results = benchParse();
  console.table(
    results.map(({ document, sanitize, ours, theirs, ratio }) => ({
      document,
      sanitize,
      'tributary feeds/s': Math.round(ours),
      'feedsmith feeds/s': Math.round(theirs),
      ratio: ratio.toFixed(2),
    })),
  );
  for (const sanitize of [false, true]) {
    const mean = geometricMean(
      results.filter((result) => result.sanitize === sanitize).map(({ ratio }) => ratio),
    );
    console.log(`sanitize ${sanitize ? 'on' : 'off'}: geometric mean ${mean.toFixed(2)}`);
  }
}
