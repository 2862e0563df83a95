import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DocumentFormat } from '../../src/model/feed.ts';
import { compileTopics } from '../../src/topics/compile.ts';
import { plain, readSeed } from '../seeds/seeds.ts';
import { shippedRules, topicsOf } from './rules.ts';

/** Items of real documents with the topics that people gave them; neither is a part of this repository. */
const gold = '../shared/gold/topics.jsonl';
const there = existsSync(gold) && existsSync('../shared/seeds');

interface Label {
  readonly document: string;
  readonly title: string;
  readonly topics: readonly string[];
  /** Topics that are neither right nor wrong. */
  readonly optional: readonly string[];
}

const formats: Readonly<Record<string, DocumentFormat>> = {
  '000': 'markdown-digest',
  '001': 'tag-page',
  '002': 'tag-page',
  '003': 'stripped-rss',
  '004': 'telegraph',
};

test.skipIf(!there)(
  there ? 'labelled items get the topics that people gave them' : `skipped: no ${gold}`,
  () => {
    const lines = readFileSync(gold, 'utf8').trim().split('\n');
    const labels = lines.map((line) => JSON.parse(line) as Label);
    const leads = new Map([...new Set(labels.map(({ document }) => document))].flatMap(readLeads));
    const classifier = compileTopics(shippedRules());

    let right = 0;
    let wrong = 0;
    let missed = 0;
    for (const { document, title, topics, optional } of labels) {
      const lead = leads.get(`${document} ${title}`);
      expect(lead, title).toBeDefined();
      const found = topicsOf(classifier, { title, lead: lead ?? '' });
      right += topics.filter((topic) => found.includes(topic)).length;
      missed += topics.filter((topic) => !found.includes(topic)).length;
      wrong += found.filter((topic) => !topics.includes(topic) && !optional.includes(topic)).length;
    }
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.95);
    expect(right / (right + missed)).toBeGreaterThanOrEqual(0.92);
  },
);

/** The text of each item and digest part of a document, by its title. */
function readLeads(document: string): readonly (readonly [string, string])[] {
  const format = formats[document.slice(0, 3)];
  if (!format) return [];
  return readSeed(document, format).items.flatMap((item) => [
    [`${document} ${item.title ?? ''}`, plain(item.summary ?? item.content)] as const,
    ...(item.parts ?? []).map((part) => [`${document} ${part.title}`, plain(part.content)] as const),
  ]);
}
