import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createServer } from '../../src/http/server.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import type { PublishedSource } from '../../src/publish/entries.ts';
import type { Newsroom } from './newsroom.ts';

/** What answers for a newsroom with these sources, until its store is closed. */
export function serverOf(
  room: Pick<Newsroom, 'store' | 'source'>,
  publisher: Publisher,
  sources: readonly string[],
): FastifyInstance {
  const known = () =>
    Promise.resolve(
      new Map(
        sources.map((id): [string, PublishedSource] => [
          id,
          {
            title: room.source(id).title,
            feedId: `urn:example:feed:${id}`,
            url: `https://news.example/feeds/sources/${id}.atom`,
            republish: 'full',
          },
        ]),
      ),
    );
  return createServer({
    store: room.store(),
    publisher,
    metrics: createMetrics(),
    version: '0',
    site: { title: '新闻', url: 'https://news.example', language: 'zh' },
    promo: false,
    topics: [],
    sources: sources.map(room.source),
    knownSources: { all: known, public: known },
    cachingOf: () => 'public, max-age=60',
    access: { readers: {}, trustProxy: false },
    explain: () => Promise.reject(new Error('nobody asks for this')),
    log: pino({ level: 'silent' }),
  });
}
