import type { MergeRules } from '../identify/stories.ts';
import type { Item } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import type { TopicRule } from '../model/topic.ts';
import { titleOf } from '../publish/entries.ts';
import { htmlToText } from '../text/html/to-text.ts';
import { classify, leadLength, termsIn, type Classifiable, type Verdict } from '../topics/classify.ts';
import { compileTopics, type Classifier } from '../topics/compile.ts';

/** The configured rules, compiled once. */
export interface Rules {
  /** The topics of a text that is nobody's item, and why. */
  readonly verdicts: (item: Classifiable) => readonly Verdict[];
  /** The topics of a source's item, and why. */
  readonly verdictsOf: (source: string, item: Item) => readonly Verdict[];
  /** `topic term` of every term that is in the item, whether its topic applies or not. */
  readonly termsIn: (item: Item) => readonly string[];
  /** The columns that a source lists; without a source, those that any of them does. */
  readonly columnsOf: (source?: string) => readonly string[];
  readonly sourceOf: MergeRules['sourceOf'];
  readonly topicsOf: (source: Pick<Source, 'id' | 'topics'>, item: Item) => readonly string[];
  /** Whether a source's `keep` and `drop` let an item in. */
  readonly isWanted: (source: Source, item: Item) => boolean;
}

/** @throws TributaryError `topics` where a term is no term. */
export function compileRules(topics: readonly TopicRule[], sources: readonly Source[]): Rules {
  const classifier = compileTopics(topics);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const filters = new Map<string, Classifier>(
    sources
      .filter(({ keep, drop }) => keep.length + drop.length > 0)
      .map(({ id, keep, drop }) => [id, compileTopics([filterRule('keep', keep), filterRule('drop', drop)])]),
  );
  const verdictsBy = (source: Pick<Source, 'id' | 'topics'>, item: Item) =>
    classify(classifier, { ...readable(item), sourceId: source.id, sourceTopics: source.topics });
  const allColumns = sources.flatMap(({ columns }) => columns);
  return {
    verdicts: (item) => classify(classifier, item),
    verdictsOf: (id, item) => verdictsBy(byId.get(id) ?? { id, topics: [] }, item),
    termsIn: (item) => termsIn(classifier, readable(item)),
    columnsOf: (id) => (id === undefined ? allColumns : (byId.get(id)?.columns ?? [])),
    sourceOf: (id) => {
      const source = byId.get(id);
      return {
        dedupe: source?.private === true ? 'none' : (source?.dedupe ?? 'title'),
        timezone: source?.timezone ?? 'UTC',
      };
    },
    topicsOf: (source, item) => verdictsBy(source, item).map(({ topic }) => topic),
    isWanted: (source, item) => {
      const filter = filters.get(source.id);
      if (!filter) return true;
      const found = new Set(classify(filter, readable(item)).map(({ topic }) => topic));
      return !found.has('drop') && (source.keep.length === 0 || found.has('keep'));
    },
  };
}

/** A filter is a topic that nobody sees; its terms count in the title and in the lead. */
function filterRule(id: string, strong: readonly string[]): TopicRule {
  return {
    id,
    title: id,
    any: [],
    strong,
    all: [],
    none: [],
    sources: [],
    examples: [],
    counterexamples: [],
  };
}

/** The title and the beginning of the text. */
export function readable(item: Item): Classifiable {
  const text = item.summary ?? item.content;
  return { title: titleOf(item), ...(text !== undefined && { lead: beginningOf(text) }) };
}

/** Three times the lead's length mostly holds its mark-up as well, and twelve times nearly always. */
function beginningOf(html: string): string {
  const text = htmlToText(wholeTags(html, leadLength * 3));
  const isEnough = text.length > leadLength * 1.5 || html.length <= leadLength * 3;
  return isEnough ? text : htmlToText(wholeTags(html, leadLength * 12));
}

/** The beginning of sanitized HTML without the tag that it would be cut in. */
function wholeTags(html: string, length: number): string {
  const beginning = html.slice(0, length);
  const lastTag = beginning.lastIndexOf('<');
  return lastTag > beginning.lastIndexOf('>') ? beginning.slice(0, lastTag) : beginning;
}
