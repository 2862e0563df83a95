import type { FeedParameters, PublishSettings } from '../model/settings.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';

/** What a feed's own query and a request's parameters ask for together: each of them has to hold. */
export interface Demand extends Pick<FeedParameters, 'limit' | 'q' | 'exclude' | 'content' | 'script'> {
  /** Of each of these lists, any topic. */
  readonly topics: readonly (readonly string[])[];
  /** Of each of these lists, any source. */
  readonly sources: readonly (readonly string[])[];
  readonly exceptSources: readonly string[];
}

type Content = PublishSettings['content'];

/** From the least to the most. */
const contents: readonly Content[] = ['none', 'summary', 'full'];

/** A request narrows what the feed is by itself; only the script is the request's to choose. */
export function demandOf({ of }: FeedSpec, asked: FeedParameters = {}): Demand {
  const both: readonly FeedParameters[] = of.kind === 'saved' ? [of.parameters, asked] : [asked];
  const all = <Value>(pick: (parameters: FeedParameters) => Value | undefined): readonly Value[] =>
    both.flatMap((parameters) => pick(parameters) ?? []);
  const lists = (pick: (parameters: FeedParameters) => readonly string[] | undefined) =>
    both.map(pick).filter((list) => list !== undefined);
  const limits = all(({ limit }) => limit);
  return {
    topics: [...(of.kind === 'topic' ? [[of.id]] : []), ...lists(({ topics }) => topics)],
    sources: lists(({ sources }) => sources),
    exceptSources: lists(({ exceptSources }) => exceptSources).flat(),
    limit: limits.length === 0 ? undefined : Math.min(...limits),
    q: textOf(all(({ q }) => q)),
    exclude: textOf(all(({ exclude }) => exclude)),
    content: all(({ content }) => content).reduce<Content | undefined>(least, undefined),
    script: all(({ script }) => script).at(-1),
  };
}

/** How much of an entry is shown: what is demanded, but never more than is published. */
export function contentOf({ content }: Demand, settings: Pick<PublishSettings, 'content'>): Content {
  return least(content, settings.content);
}

/** Whether entries are looked for by their words. */
export function isSearch({ q, exclude }: Pick<FeedParameters, 'q' | 'exclude'>): boolean {
  return q !== undefined || exclude !== undefined;
}

/** Whether a request asks for other entries than the feed has, and not only for other texts in them. */
export function asksForOthers({
  limit,
  topics,
  sources,
  exceptSources,
  q,
  exclude,
}: FeedParameters): boolean {
  return [limit, topics, sources, exceptSources, q, exclude].some((value) => value !== undefined);
}

/** A request's parameters without those that change nothing; undefined where none is left. */
export function essential(
  spec: FeedSpec,
  { content, script, ...others }: FeedParameters,
  settings: Pick<PublishSettings, 'content'>,
): FeedParameters | undefined {
  const own = demandOf(spec);
  const shown = contentOf(demandOf(spec, { content }), settings);
  const parameters: FeedParameters = {
    ...others,
    ...(shown !== contentOf(own, settings) && { content: shown }),
    ...(script !== own.script && { script }),
  };
  return Object.values(parameters).some((value) => value !== undefined) ? parameters : undefined;
}

function least(a: Content | undefined, b: Content): Content {
  return a === undefined ? b : (contents[Math.min(contents.indexOf(a), contents.indexOf(b))] ?? b);
}

function textOf(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join(' ');
}
