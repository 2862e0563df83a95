import type { FastifyInstance, FastifyReply } from 'fastify';
import { statusOf, type Source, type SourceRecord } from '../../model/source.ts';
import { renderHome, type SourceHealth } from '../pages/home.ts';
import { renderInterface } from '../pages/interface.ts';
import { renderItem } from '../pages/item.ts';
import { contentSecurityPolicy } from '../pages/layout.ts';
import { Problem } from '../problem.ts';
import { get } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

export function pageRoutes(
  app: FastifyInstance,
  { store, site, publisher, topics, sources, promo, explain }: ServerTools,
): void {
  const topicTitles = new Map(topics.map(({ id, title }) => [id, title]));
  const sourceTitles = new Map(sources.map(({ id, title }) => [id, title]));
  const topicTitle = (id: string) => topicTitles.get(id) ?? id;
  const sourceTitle = (id: string) => sourceTitles.get(id) ?? id;

  get(app, '/', async (_, reply) => {
    const records = new Map((await store.sources()).map((record) => [record.id, record]));
    const { byTopic, bySource } = await store.counts();
    const page = renderHome({
      site,
      specs: publisher.specs,
      topicTitle,
      sourceTitle,
      storyCounts: byTopic,
      stories: await store.listStories({ limit: 30, promo }),
      sources: sources.map((source) => health(source, records.get(source.id), bySource.get(source.id) ?? 0)),
    });
    return html(reply, page);
  });

  get(app, '/api', (_, reply) => html(reply, renderInterface(site)));

  get(app, '/items/:apiId', async (request, reply) => {
    const { apiId } = request.params as { apiId: string };
    const item = /^[0-9a-f]{16}$/.test(apiId) ? await store.itemByApiId(apiId) : undefined;
    const [story] = item && sourceTitles.has(item.source) ? await store.stories([item.story]) : [];
    if (!item || !story) throw new Problem(404, `There is no item ${apiId.slice(0, 100)}.`);
    return html(
      reply,
      renderItem({ site, item, story, explanation: await explain(apiId), topicTitle, sourceTitle }),
    );
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

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=30',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .send(page);
}
