import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createServer } from '../../src/http/server.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import type { Newsroom } from './newsroom.ts';

/** What answers for a newsroom with these sources, until its store is closed. */
export function serverOf(
  room: Pick<Newsroom, 'store' | 'source'>,
  publisher: Publisher,
  sources: readonly string[],
): FastifyInstance {
  return createServer({
    store: room.store(),
    publisher,
    metrics: createMetrics(),
    version: '0',
    site: { title: '新闻', url: 'https://news.example', language: 'zh' },
    promo: false,
    topics: [],
    sources: sources.map(room.source),
    explain: () => Promise.reject(new Error('nobody asks for this')),
    log: pino({ level: 'silent' }),
  });
}
