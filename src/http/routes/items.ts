import type { FastifyInstance } from 'fastify';
import type { StoredItem } from '../../model/story.ts';
import { createSearchTexts, textFilter } from '../../publish/search-texts.ts';
import type { Cursor, ItemFilter, Removal } from '../../store/store.ts';
import { visibleSources } from '../access.ts';
import { readCursor, readRevision, writeCursor, writeRevision } from '../cursor.ts';
import { describeItem, describeRemoval, publicItem, type Sources } from '../describe.ts';
import { sendJson } from '../json.ts';
import { oneText, repeated, wholeNumber, type Query } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import { searchItems } from '../search.ts';
import type { ServerTools } from '../tools.ts';

/** What a request for items asks for. */
interface Asked {
  readonly limit: number;
  readonly filter: ItemFilter;
  readonly q: string | undefined;
  readonly place: { readonly since: number } | { readonly after: Cursor | undefined };
}

interface Found {
  readonly items: readonly (StoredItem | Removal)[];
  readonly next?: string;
}

/** `/api/items` and what is under it. */
export function itemRoutes(app: FastifyInstance, tools: ServerTools): void {
  const { store } = tools;
  const topicIds = new Set(tools.topics.map(({ id }) => id));
  const texts = createSearchTexts();

  get(app, '/api/items', async (request, reply) => {
    const { sources, mayReadAll, caching } = await visibleSources(request, tools);
    const asked = readAsked(request.query as Query, topicIds, sources, mayReadAll);
    const revision = await store.revision();
    const { items, next } = await ('since' in asked.place
      ? changesAfter(asked.place.since, asked, sources)
      : newest(asked.place.after, asked, sources));
    return sendJson(
      request,
      reply,
      { items: await withStories(items, sources), ...(next !== undefined && { next }), revision },
      caching,
    );
  });

  get(app, '/api/items/:apiId', async (request, reply) => {
    const { sources, caching } = await visibleSources(request, tools);
    const item = await itemOf((request.params as { apiId: string }).apiId, sources);
    const [described] = await withStories([item], sources);
    return sendJson(request, reply, described, caching);
  });

  get(app, '/api/items/:apiId/explain', async (request, reply) => {
    const { sources, caching } = await visibleSources(request, tools);
    const { apiId } = await itemOf((request.params as { apiId: string }).apiId, sources);
    return sendJson(request, reply, await tools.explain(apiId), caching);
  });

  async function newest(
    after: Cursor | undefined,
    { limit, filter, q }: Asked,
    sources: Sources,
  ): Promise<Found> {
    const wanted = { ...filter, limit: limit + 1, ...(after && { after }) };
    const found = await (q === undefined
      ? store.listItems(wanted)
      : searchItems(store, (item) => textOf(item, sources), q, wanted));
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(last && found.length > limit && { next: writeCursor(last) }) };
  }

  async function changesAfter(since: number, { limit, filter, q }: Asked, sources: Sources): Promise<Found> {
    const changes = await store.listChanges(since, limit, filter.withPrivate);
    const last = changes.at(-1);
    const isFound = textFilter({ q });
    // What is gone has no topics and no text any more: it may have been any.
    const items = changes.filter(
      (change) =>
        isAnyOf(filter.sources, [change.source]) &&
        ('deleted' in change ||
          (isAnyOf(filter.topics, change.topics) && (q === undefined || isFound(textOf(change, sources))))),
    );
    return { items, ...(last && changes.length === limit && { next: writeRevision(last.revision) }) };
  }

  /** What of an item is searched: nothing that may not be published. */
  function textOf(stored: StoredItem, sources: Sources): string {
    const { key, revision } = stored;
    const name = String(key);
    return texts.get(name, revision) ?? texts.add(name, revision, publicItem(stored, sources));
  }

  async function itemOf(apiId: string, sources: Sources): Promise<StoredItem> {
    const item = /^[0-9a-f]{16}$/.test(apiId) ? await store.itemByApiId(apiId) : undefined;
    if (!item || !sources.has(item.source))
      throw new Problem(404, `There is no item ${apiId.slice(0, 100)}.`);
    return item;
  }

  /** Items as the API tells them: the canonical item, what was decided of it, and its story. */
  async function withStories(
    items: readonly (StoredItem | Removal)[],
    sources: Sources,
  ): Promise<readonly unknown[]> {
    const keys = new Set(items.flatMap((item) => ('deleted' in item ? [] : [item.story])));
    const stories = new Map((await store.stories([...keys])).map((story) => [story.key, story]));
    return items.map((item) =>
      'deleted' in item ? describeRemoval(item) : describeItem(item, stories.get(item.story), sources),
    );
  }
}

/** A source is asked for by its name, and then a private one too, by those who may read it. */
function readAsked(
  query: Query,
  topicIds: ReadonlySet<string>,
  sources: Sources,
  mayReadAll: boolean,
): Asked {
  const wanted = repeated(query, 'source', new Set(sources.keys()));
  const topics = repeated(query, 'topic', topicIds);
  return {
    limit: wholeNumber(query, 'limit', 1, 500) ?? 50,
    filter: {
      ...(wanted && { sources: wanted, withPrivate: mayReadAll }),
      ...(topics && { topics }),
    },
    q: oneText(query, 'q'),
    place: readPlace(query),
  };
}

/** A cursor goes on with the list it is of: of changes, or of the newest. */
function readPlace(query: Query): Asked['place'] {
  const since = wholeNumber(query, 'since', 0, Number.MAX_SAFE_INTEGER);
  const cursor = oneText(query, 'cursor');
  const revision = readRevision(cursor) ?? (cursor === undefined ? since : undefined);
  if (revision !== undefined) return { since: revision };
  const after = readCursor(cursor);
  if (since !== undefined)
    throw new Problem(
      400,
      'cursor: found one of another list; allowed with since: the `next` of its answer.',
    );
  return { after };
}

function isAnyOf(wanted: readonly string[] | undefined, values: readonly (string | undefined)[]): boolean {
  return wanted === undefined || values.some((value) => value !== undefined && wanted.includes(value));
}
