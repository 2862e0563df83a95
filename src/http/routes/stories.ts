import type { FastifyInstance } from 'fastify';
import { feedUrl } from '../../publish/feed-spec.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { describeStory } from '../describe.ts';
import { sendJson } from '../json.ts';
import { oneText, repeated, wholeNumber, type Query } from '../parameters.ts';
import { get } from '../routing.ts';
import type { ServerTools } from '../tools.ts';

/** `/api/stories` and `/api/topics`. */
export function storyRoutes(
  app: FastifyInstance,
  { store, site, topics, promo, knownSources }: ServerTools,
): void {
  const topicIds = new Set(topics.map(({ id }) => id));

  get(app, '/api/stories', async (request, reply) => {
    const query = request.query as Query;
    const limit = wholeNumber(query, 'limit', 1, 500) ?? 50;
    const wanted = repeated(query, 'topic', topicIds);
    const after = readCursor(oneText(query, 'cursor'));
    const found = await store.listStories({
      limit: limit + 1,
      promo,
      ...(wanted && { topics: wanted }),
      ...(after && { after }),
    });
    const sources = await knownSources.public();
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return sendJson(request, reply, {
      stories: page.map((story) => describeStory(story, sources, site.url)),
      ...(last && found.length > limit && { next: writeCursor(last) }),
      revision: await store.revision(),
    });
  });

  get(app, '/api/topics', async (request, reply) => {
    const { byTopic } = await store.counts();
    return sendJson(request, reply, {
      topics: topics.map(({ id, title }) => ({
        id,
        title,
        stories: byTopic.get(id) ?? 0,
        feed: feedUrl(site.url, `topics/${id}`, 'atom'),
      })),
    });
  });
}
