import type { FastifyInstance, FastifyReply } from 'fastify';
import { holdOn, type Holds } from '../../model/hold.ts';
import { statusOf, type PollTrace, type Source, type SourceRecord } from '../../model/source.ts';
import type { StoredItem, Story } from '../../model/story.ts';
import { linkOf, titleOf } from '../../publish/entries.ts';
import { feedUrl } from '../../publish/feed-spec.ts';
import { fold } from '../../text/fold.ts';
import { htmlToText } from '../../text/html/to-text.ts';
import type { Removal } from '../../store/store.ts';
import { readCursor, readRevision, writeCursor, writeRevision } from '../cursor.ts';
import { oneText, repeated, wholeNumber, type Query } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

/** How many of the newest items a search looks at. */
const searchDepth = 2000;

export function apiRoutes(app: FastifyInstance, tools: ServerTools): void {
  const { store, site, topics, sources, promo } = tools;
  const topicIds = new Set(topics.map(({ id }) => id));
  const sourceIds = new Set(sources.map(({ id }) => id));

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
    const found = await store.listItems({
      limit: words === undefined ? limit + 1 : searchDepth,
      ...(topic !== undefined && { topic }),
      ...(source !== undefined && { source }),
      ...(after && { after }),
    });
    const matching = words === undefined ? found : found.filter(searchFor(words));
    const page = matching.slice(0, limit);
    const last = page.at(-1);
    return json(reply, {
      items: await withStories(page),
      ...(last && matching.length > limit && { next: writeCursor(last) }),
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
    const holds = await store.heldHosts(new Date());
    return json(reply, {
      sources: sources.map((source) =>
        describeSource(source, records.get(source.id), bySource.get(source.id) ?? 0, holds, site.url),
      ),
    });
  });

  get(app, '/api/sources/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const source = sources.find((known) => known.id === id);
    if (!source) throw new Problem(404, `There is no source ${id.slice(0, 100)}.`);
    const { bySource } = await store.counts();
    const kept = await store.keptDocuments(id);
    const holds = await store.heldHosts(new Date());
    return json(reply, {
      ...describeSource(source, await store.source(id), bySource.get(id) ?? 0, holds, site.url),
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

function describeSource(
  source: Source,
  record: SourceRecord | undefined,
  items: number,
  holds: Holds,
  siteUrl: string,
) {
  const { state } = record ?? {};
  return {
    id: source.id,
    title: source.title,
    format: source.format,
    ...(source.location.kind === 'http' && { url: source.location.url }),
    state: statusOf(source, state),
    stateSince: state?.statusSince,
    stateBecause: state?.statusCause,
    items,
    lastPoll: state?.lastPollAt,
    lastSuccess: state?.lastSuccessAt,
    lastOutcome: state?.lastOutcome,
    failures: state?.failures ?? 0,
    lastNew: state?.lastNewAt,
    documents: state?.history,
    polls: state?.polls?.map(describePoll),
    ...(state?.moved && { movedTo: state.moved }),
    ...(record && source.enabled && { nextPoll: nextPollOf(source, record, holds) }),
    feed: feedUrl(siteUrl, `sources/${source.id}`, 'atom'),
  };
}

/** A document's size and items, where there was one. */
function describePoll([at, outcome, ms, status = 0, bytes = 0, items = 0, added = 0]: PollTrace) {
  return {
    at: new Date(at),
    outcome,
    ...(status > 0 && { status }),
    ms,
    ...(outcome === 'fetched' && { bytes, items, new: added }),
  };
}

/** When the source is polled next, and why then: what it shares a host or URL with may have it wait longer. */
function nextPollOf({ location }: Source, { nextPollAt, state }: SourceRecord, holds: Holds) {
  const hold = holdOn(location, holds);
  return hold && hold.until > nextPollAt
    ? { at: hold.until, because: `${hold.name} asked to be left alone` }
    : { at: nextPollAt, because: state.nextPollBecause };
}

/** Every word has to be in the title or the text, as folded text. */
function searchFor(words: string): (item: StoredItem) => boolean {
  const terms = fold(words)
    .split(/\s+/)
    .filter((term) => term !== '');
  return ({ item }) => {
    const text = fold(`${item.title ?? ''} ${htmlToText(item.content ?? item.summary ?? '')}`);
    return terms.every((term) => text.includes(term));
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
