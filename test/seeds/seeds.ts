import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import type { DocumentFormat, ParsedFeed } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/normalize/parse-feed.ts';
import { htmlToText } from '../../src/text/html/to-text.ts';

/** Documents of real sources, which are other publishers' texts and no part of this repository. */
const folder = '../shared/seeds';

export interface Seed extends ParsedFeed {
  /** The text of a line, counted from 1. */
  readonly line: (number: number) => string;
  readonly lines: readonly string[];
}

export function readSeed(file: string, format: DocumentFormat): Seed {
  const bytes = readFileSync(`${folder}/${file}`);
  const lines = bytes.toString('utf8').split('\n');
  return { ...parseFeed(bytes, { format }), lines, line: (number) => lines[number - 1] ?? '' };
}

/** Tests over the documents; what they expect is told by line numbers of the documents and never by their words. */
export function describeSeeds(name: string, tests: () => void): void {
  const there = existsSync(folder);
  if (there) describe(name, tests);
  else test.skip(`skipped: no ${folder} (${name})`, () => undefined);
}

export function plain(html: string | undefined): string {
  return htmlToText(html ?? '');
}

export function count(text: string | undefined, part: string): number {
  return (text ?? '').split(part).length - 1;
}
