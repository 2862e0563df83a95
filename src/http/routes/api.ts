import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Source, SourceRecord } from '../../model/source.ts';
import type { StoredItem, Story } from '../../model/story.ts';
import { linkOf, titleOf } from '../../publish/entries.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { createSearchTexts } from '../../publish/search-texts.ts';
import type { Removal } from '../../store/store.ts';
import { readCursor, readRevision, writeCursor, writeRevision } from '../cursor.ts';
import { oneText, repeated, wholeNumber, type Query } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import { searchItems } from '../search.ts';
import type { ServerTools } from '../tools.ts';

export function apiRoutes(app: FastifyInstance, tools: ServerTools): void {
  const { store, site, topics, sources, promo } = tools;
  const topicIds = new Set(topics.map(({ id }) => id));
  const sourceIds = new Set(sources.map(({ id }) => id));
  const texts = createSearchTexts();

  get(app, '/api/items', async (request, reply) => {
    const query = request.query as Query;
    const limit = wholeNumber(query, 'limit', 1, 500) ?? 50;
    const cursor = oneText(query, 'cursor');
    const since = readRevision(cursor) ?? wholeNumber(query, 'since', 0, Number.MAX_SAFE_INTEGER);
    const [topic] = repeated(query, 'topic', topicIds) ?? [];
    const [source] = repeated(query, 'source', sourceIds) ?? [];
    const revision = await store.revision();
    if (since !== undefined) {
      const changes = await store.listChanges(since, limit);
      const last = changes.at(-1);
      // What is gone has no topics any more: it may have been of any.
      const wanted = changes.filter(
        (item) =>
          (source === undefined || item.source === source) &&
          (topic === undefined || 'deleted' in item || item.topics.includes(topic)),
      );
      return json(reply, {
        items: await withStories(wanted),
        ...(last && changes.length === limit && { next: writeRevision(last.revision) }),
        revision,
      });
    }
    const after = readCursor(cursor);
    const words = oneText(query, 'q');
    const wanted = {
      limit: limit + 1,
      ...(topic !== undefined && { topic }),
      ...(source !== undefined && { source }),
      ...(after && { after }),
    };
    const found = await (words === undefined
      ? store.listItems(wanted)
      : searchItems(store, texts, words, wanted));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return json(reply, {
      items: await withStories(page),
      ...(last && found.length > limit && { next: writeCursor(last) }),
      revision,
    });
  });

  get(app, '/api/items/:apiId', async (request, reply) => {
    const [item] = await withStories([await itemOf((request.params as { apiId: string }).apiId)]);
    return json(reply, item);
  });

  get(app, '/api/items/:apiId/explain', async (request, reply) => {
    const { apiId } = await itemOf((request.params as { apiId: string }).apiId);
    return json(reply, await tools.explain(apiId));
  });

  get(app, '/api/stories', async (request, reply) => {
    const query = request.query as Query;
    const limit = wholeNumber(query, 'limit', 1, 500) ?? 50;
    const [topic] = repeated(query, 'topic', topicIds) ?? [];
    const after = readCursor(oneText(query, 'cursor'));
    const found = await store.listStories({
      limit: limit + 1,
      promo,
      ...(topic !== undefined && { topic }),
      ...(after && { after }),
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return json(reply, {
      stories: page.map(describeStory),
      ...(last && found.length > limit && { next: writeCursor(last) }),
      revision: await store.revision(),
    });
  });

  get(app, '/api/sources', async (_, reply) => {
    const records = new Map((await store.sources()).map((record) => [record.id, record]));
    const { bySource } = await store.counts();
    return json(reply, {
      sources: sources.map((source) =>
        describeSource(source, records.get(source.id), bySource.get(source.id) ?? 0, site.url),
      ),
    });
  });

  get(app, '/api/sources/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const source = sources.find((known) => known.id === id);
    if (!source) throw new Problem(404, `There is no source ${id.slice(0, 100)}.`);
    const { bySource } = await store.counts();
    const kept = await store.keptDocuments(id);
    return json(reply, {
      ...describeSource(source, await store.source(id), bySource.get(id) ?? 0, site.url),
      // Documents that were not published, their beginning, for whoever looks into an incident.
      keptDocuments: kept.map(({ at, cause, bytes }) => ({
        at,
        cause,
        bytes: bytes.length,
        beginning: Buffer.from(bytes.subarray(0, 1000)).toString(),
      })),
    });
  });

  get(app, '/api/topics', async (_, reply) => {
    const { byTopic } = await store.counts();
    return json(reply, {
      topics: topics.map(({ id, title }) => ({
        id,
        title,
        stories: byTopic.get(id) ?? 0,
        feed: feedUrl(site.url, `topics/${id}`, 'atom'),
      })),
    });
  });

  async function itemOf(apiId: string): Promise<StoredItem> {
    const item = /^[0-9a-f]{16}$/.test(apiId) ? await store.itemByApiId(apiId) : undefined;
    if (!item || !sourceIds.has(item.source))
      throw new Problem(404, `There is no item ${apiId.slice(0, 100)}.`);
    return item;
  }

  /** Items as the API tells them: the canonical item, what was decided of it, and its story. */
  async function withStories(items: readonly (StoredItem | Removal)[]): Promise<readonly unknown[]> {
    const keys = new Set(items.flatMap((item) => ('deleted' in item ? [] : [item.story])));
    const stories = new Map((await store.stories([...keys])).map((story) => [story.key, story]));
    return items.map((item) =>
      'deleted' in item
        ? {
            id: item.entryId,
            entryId: item.entryId,
            source: item.source,
            deleted: true,
            revision: item.revision,
          }
        : describeItem(item, stories.get(item.story)),
    );
  }

  function describeStory(story: Story) {
    return {
      id: story.id,
      title: titleOf(story.lead.item),
      url: linkOf(story.lead, site.url),
      published: story.published,
      updated: story.updated,
      firstSeen: story.firstSeen,
      topics: story.topics,
      lead: story.lead.entryId,
      revision: story.revision,
      reports: story.reports.map((report) => ({
        source: report.source,
        entryId: report.entryId,
        apiId: report.apiId,
        title: report.item.title,
        url: linkOf(report, site.url),
        published: report.published,
        firstSeen: report.firstSeen,
        matched: report.matched,
      })),
    };
  }
}

/** The canonical item's own `source`, where it came from before it came here, is called `origin`. */
function describeItem(stored: StoredItem, story: Story | undefined) {
  const { source: origin, ...item } = stored.item;
  return {
    ...item,
    ...(origin && { origin }),
    source: stored.source,
    apiId: stored.apiId,
    entryId: stored.entryId,
    titleHash: stored.titleHash,
    topics: stored.topics,
    firstSeen: stored.firstSeen,
    revision: stored.revision,
    ...(story && { story: { id: story.id, lead: story.lead.entryId } }),
  };
}

function describeSource(source: Source, record: SourceRecord | undefined, items: number, siteUrl: string) {
  const { state, nextPollAt } = record ?? {};
  return {
    id: source.id,
    title: source.title,
    format: source.format,
    ...(source.location.kind === 'http' && { url: source.location.url }),
    state: state?.status ?? 'new',
    stateSince: state?.statusSince,
    stateBecause: state?.statusCause,
    items,
    lastPoll: state?.lastPollAt,
    lastSuccess: state?.lastSuccessAt,
    lastOutcome: state?.lastOutcome,
    failures: state?.failures ?? 0,
    lastNew: state?.lastNewAt,
    documents: state?.history,
    ...(state?.moved && { movedTo: state.moved }),
    ...(nextPollAt && { nextPoll: { at: nextPollAt, because: state?.nextPollBecause } }),
    feed: feedUrl(siteUrl, `sources/${source.id}`, 'atom'),
  };
}

/** Times as the schema writes them: without a fraction when it is zero. */
function json(reply: FastifyReply, value: unknown): FastifyReply {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000Z$/, '$1Z') : part,
  );
  return reply
    .headers({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=5',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
    .send(text);
}
