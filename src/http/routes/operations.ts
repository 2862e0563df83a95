import type { FastifyInstance } from 'fastify';
import { get } from '../routing.ts';
import { statusOf } from '../../model/source.ts';
import type { Gauge } from '../../observe/metrics.ts';
import type { ServerTools } from '../tools.ts';
import { describeInterface } from '../openapi.ts';
import { favicon } from '../pages/favicon.ts';
import { sendProblem } from '../problem.ts';

/** What those who run the program look at. */
export function operationRoutes(
  app: FastifyInstance,
  { store, publisher, metrics, sources, site, version }: ServerTools,
): void {
  const answered = new Map<string, () => void>();
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const name = `${route} ${reply.statusCode}`;
    let count = answered.get(name);
    if (!count) {
      count = metrics.series('tributary_http_requests_total', { route, status: String(reply.statusCode) });
      answered.set(name, count);
    }
    count();
    done();
  });

  get(app, '/metrics', async (_, reply) => {
    const { stories, bySource } = await store.counts();
    const hidden = sum(
      (await store.sources()).flatMap((record) => (record.private ? (bySource.get(record.id) ?? 0) : [])),
    );
    const items = sum([...bySource.values()]) - hidden;
    const records = new Map((await store.sources()).map((record) => [record.id, record]));
    const gauges: readonly Gauge[] = [
      gauge('tributary_items', 'Stored items.', items),
      // What is private merges with nothing: each item is a story.
      gauge('tributary_stories', 'Stored stories.', stories - hidden),
      gauge('tributary_revision', 'Revision of the store.', await store.revision()),
      gauge('process_resident_memory_bytes', 'Resident memory.', process.memoryUsage.rss()),
      gauge('process_uptime_seconds', 'Time since start.', Math.round(process.uptime())),
      {
        name: 'tributary_source_status',
        help: 'One for the status that a source has.',
        values: sources.flatMap((source) => {
          const record = records.get(source.id);
          return record ? [[{ source: source.id, status: statusOf(source, record.state) }, 1] as const] : [];
        }),
      },
    ];
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(metrics.render(gauges));
  });

  get(app, '/openapi.json', (_, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .header('access-control-allow-origin', '*')
      .send(describeInterface(site.title, site.url, version)),
  );

  get(app, '/healthz', async (_, reply) => {
    void reply.header('cache-control', 'no-store');
    try {
      const revision = await store.revision();
      const reason = store.trouble();
      return reason === undefined ? { status: 'ok', revision } : { status: 'degraded', reason };
    } catch (error) {
      // Feeds are served from memory all the same: degraded is not down.
      return { status: 'degraded', reason: (error as Error).message };
    }
  });

  get(app, '/readyz', (_, reply) => {
    if (publisher.isReady()) return reply.header('cache-control', 'no-store').send({ status: 'ready' });
    return sendProblem(
      reply.header('retry-after', '1'),
      503,
      'The feeds are being rendered for the first time.',
    );
  });

  get(app, '/robots.txt', (_, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send('User-agent: *\nDisallow: /api/\n'),
  );

  get(app, '/favicon.svg', (_, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(favicon),
  );
}

function gauge(name: string, help: string, value: number): Gauge {
  return { name, help, values: [[{}, value]] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
