import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { statusOf, type Source, type SourceRecord } from '../../model/source.ts';
import type { StoredItem } from '../../model/story.ts';
import { publicItem, type Sources } from '../describe.ts';
import { sendMade } from '../made.ts';
import { renderHome, type SourceHealth } from '../pages/home.ts';
import { renderInterface } from '../pages/interface.ts';
import { renderItem } from '../pages/item.ts';
import { contentSecurityPolicy } from '../pages/layout.ts';
import { repeated, type Query } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

export function pageRoutes(app: FastifyInstance, tools: ServerTools): void {
  const { store, site, publisher, topics, sources, promo, explain, knownSources } = tools;
  const topicTitles = new Map(topics.map(({ id, title }) => [id, title]));
  const topicTitle = (id: string) => topicTitles.get(id) ?? id;
  const isTopic = (id: string) => topicTitles.has(id);
  /** The report as far as it may be published, of topics that are there still. */
  const shown = (report: StoredItem, known: Sources): StoredItem => ({
    ...report,
    item: publicItem(report, known),
    topics: report.topics.filter(isTopic),
  });
  const titlesOf = (known: Sources) => (id: string) => known.get(id)?.title ?? id;

  get(app, '/', async (request, reply) => {
    const [topic, ...others] = repeated(request.query as Query, 'topic', new Set(topicTitles.keys())) ?? [];
    if (others.length > 0) throw new Problem(400, 'topic: found several; allowed: one.');
    const records = new Map((await store.sources()).map((record) => [record.id, record]));
    const { byTopic, bySource } = await store.counts();
    const known = await knownSources.public();
    const page = renderHome({
      site,
      specs: publisher.specs,
      topic,
      topicTitle,
      sourceTitle: titlesOf(known),
      storyCounts: byTopic,
      stories: (
        await store.listStories({ limit: 30, promo, ...(topic !== undefined && { topics: [topic] }) })
      ).map((story) => ({
        ...story,
        topics: story.topics.filter(isTopic),
        lead: shown(story.lead, known),
      })),
      sources: sources.map((source) => health(source, records.get(source.id), bySource.get(source.id) ?? 0)),
    });
    return sendPage(request, reply, page);
  });

  get(app, '/api', (request, reply) => sendPage(request, reply, renderInterface(site)));

  get(app, '/items/:apiId', async (request, reply) => {
    const { apiId } = request.params as { apiId: string };
    const known = await knownSources.public();
    const item = /^[0-9a-f]{16}$/.test(apiId) ? await store.itemByApiId(apiId) : undefined;
    const [story] = item && known.has(item.source) ? await store.stories([item.story]) : [];
    if (!item || !story) throw new Problem(404, `There is no item ${apiId.slice(0, 100)}.`);
    const page = renderItem({
      site,
      item: shown(item, known),
      story: { ...story, reports: story.reports.map((report) => shown(report, known)) },
      explanation: await explain(apiId),
      topicTitle,
      sourceTitle: titlesOf(known),
      hasFeed: sources.some(({ id }) => id === item.source),
    });
    return sendPage(request, reply, page);
  });
}

function health(source: Source, record: SourceRecord | undefined, items: number): SourceHealth {
  const { id, title } = source;
  const state = statusOf(source, record?.state);
  return { id, title, state, note: noteOn(state, record?.state.statusCause, items) };
}

function noteOn(state: SourceHealth['state'], cause: string | undefined, items: number): string {
  if (state === 'new') return 'not read yet';
  if (state === 'healthy') return `${items} items`;
  return state === 'paused' ? `paused, ${items} items` : `${state}: ${cause ?? 'nothing new for long'}`;
}

function sendPage(request: FastifyRequest, reply: FastifyReply, page: string): Promise<FastifyReply> {
  return sendMade(request, reply, {
    contentType: 'text/html; charset=utf-8',
    body: page,
    cacheControl: 'public, max-age=30',
    fields: { 'content-security-policy': contentSecurityPolicy, 'referrer-policy': 'no-referrer' },
  });
}
