import type { Classifier, CompiledRule, Searched, Use } from './compile.ts';
import { isBound } from './bounds.ts';
import { foldText, originOf, type FoldedText } from './folded.ts';
import type { LiteralTerm } from './term.ts';

/**
 * Grows when the same rules give any item other topics (classifying, bounds, terms), so that stored items are
 * classified anew.
 */
export const classifierVersion = 2;

/** What an item is classified by. */
export interface Classifiable {
  readonly title: string;
  /** Plain text of the item; only its first {@link leadLength} characters are read. */
  readonly lead?: string;
  readonly sourceId?: string;
  /** Topics that the source's configuration gives to all of its items. */
  readonly sourceTopics?: readonly string[];
}

/** One thing that spoke for a topic. */
export interface Reason {
  /** As the rule writes it; for `source` the source's id. */
  readonly term: string;
  readonly field: 'title' | 'lead' | 'source';
  /** From where to where the term was found in the title or lead as it was given. */
  readonly start: number;
  readonly end: number;
}

/** A topic of an item, and every reason for it. */
export interface Verdict {
  readonly topic: string;
  readonly because: readonly Reason[];
}

/** Characters of an item's text that count as its lead. */
export const leadLength = 160;

/**
 * The topics of an item, in the order of the rules; those that only the source's configuration gives come last.
 *
 * A rule applies when
 * - one of its `any` terms is in the title, or one of its `strong` terms in the title or the lead, or the
 *   item's source is listed in its `sources` (a rule that has only `all` terms needs none of these);
 * - every `all` term is in the title;
 * - no `none` term is in the title. A `none` term that contains one of the rule's own terms is milder: it
 *   takes away what it covers and leaves the rest, so 毛利率 hides the 利率 within it, in title and lead,
 *   but not a 利率 that stands elsewhere.
 */
export function classify(classifier: Classifier, item: Classifiable): readonly Verdict[] {
  const hits = hitsOf(classifier, item);
  const sourceId = item.sourceId;
  const ofSource = sourceId === undefined ? [] : (classifier.bySource.get(sourceId) ?? []);
  for (const rule of ofSource) if (!hits.has(rule)) hits.set(rule, []);

  const verdicts: Verdict[] = [];
  for (const [index, found] of [...hits].sort(([a], [b]) => a - b)) {
    const rule = classifier.rules[index];
    if (!rule) continue;
    const because = decide(rule, found, ofSource.includes(index) ? [sourceReason(sourceId)] : []);
    if (because.length > 0) verdicts.push({ topic: rule.id, because });
  }
  return withSourceTopics(verdicts, item);
}

/** `topic term` of every term of the rules, `none` terms included, that is in the item, whatever comes of it. */
export function termsIn(classifier: Classifier, item: Classifiable): readonly string[] {
  return [...hitsOf(classifier, item)].flatMap(([index, found]) => {
    const id = classifier.rules[index]?.id ?? '';
    return found.map(({ use }) => `${id} ${use.term.written}`);
  });
}

function hitsOf(classifier: Classifier, item: Classifiable): Map<number, Hit[]> {
  const hits = new Map<number, Hit[]>();
  collect(classifier.title, 'title', item.title, hits);
  if (item.lead) collect(classifier.lead, 'lead', leadOf(item.lead), hits);
  return hits;
}

type Field = 'title' | 'lead';

interface Hit {
  readonly use: Use;
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

function leadOf(text: string): string {
  if (text.length <= leadLength) return text;
  const units = text.slice(0, leadLength);
  if (!/[\uD800-\uDBFF]/.test(units)) return units;
  return Array.from(text.slice(0, leadLength * 2))
    .slice(0, leadLength)
    .join('');
}

/** Adds what is found in one field to the hits of each rule. */
function collect(searched: Searched, field: Field, original: string, hits: Map<number, Hit[]>): void {
  const text = foldText(original);
  const add = (use: Use, from: number, to: number): void => {
    const hit = { use, field, start: originOf(text, from), end: originOf(text, to) };
    const ofRule = hits.get(use.rule);
    if (ofRule) ofRule.push(hit);
    else hits.set(use.rule, [hit]);
  };
  const announced = new Set(searched.unannounced);
  searched.automaton.scan(text.folded, (index, end) => {
    const word = searched.words[index];
    if (!word) return;
    const start = end - word.length;
    for (const use of word.literals) {
      if (standsAlone(use.term, text, start, end)) add(use, start, end);
    }
    for (const use of word.announces) announced.add(use);
  });
  for (const use of announced) {
    use.term.pattern.each(text.folded, (start, end) => add(use, start, end));
  }
}

function standsAlone(term: LiteralTerm, text: FoldedText, start: number, end: number): boolean {
  return (
    (!term.boundAtStart || isBound(text.original, originOf(text, start))) &&
    (!term.boundAtEnd || isBound(text.original, originOf(text, end)))
  );
}

/** The reasons for a rule to apply; none if it does not. */
function decide(
  rule: CompiledRule,
  hits: readonly Hit[],
  sourceReasons: readonly Reason[],
): readonly Reason[] {
  const masks = hits.filter(({ use }) => use.role === 'mask');
  const seen = masks.length === 0 ? hits : hits.filter((hit) => !masks.some((mask) => covers(mask, hit)));
  if (seen.some(({ use }) => use.role === 'none')) return [];

  const required = seen.filter(({ use }) => use.role === 'all');
  if (new Set(required.map(({ use }) => use.term.written)).size < rule.required) return [];

  const decisive = seen.filter(({ use }) => use.role === 'any' || use.role === 'strong');
  if (decisive.length === 0 && sourceReasons.length === 0 && !rule.onlyRequired) return [];
  return [...decisive.map(reasonOf), ...required.map(reasonOf), ...sourceReasons];
}

function covers(mask: Hit, hit: Hit): boolean {
  return mask.field === hit.field && mask.start <= hit.start && hit.end <= mask.end;
}

function reasonOf({ use, field, start, end }: Hit): Reason {
  return { term: use.term.written, field, start, end };
}

function sourceReason(sourceId = ''): Reason {
  return { term: sourceId, field: 'source', start: 0, end: 0 };
}

function withSourceTopics(verdicts: readonly Verdict[], item: Classifiable): readonly Verdict[] {
  const given = new Set(item.sourceTopics);
  if (given.size === 0) return verdicts;
  const reason = sourceReason(item.sourceId);
  const found = new Set(verdicts.map(({ topic }) => topic));
  return [
    ...verdicts.map((verdict) =>
      given.has(verdict.topic) ? { ...verdict, because: [...verdict.because, reason] } : verdict,
    ),
    ...[...given].filter((topic) => !found.has(topic)).map((topic) => ({ topic, because: [reason] })),
  ];
}
