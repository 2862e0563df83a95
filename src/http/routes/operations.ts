import type { FastifyInstance } from 'fastify';
import { get } from '../routing.ts';
import { statusOf } from '../../model/source.ts';
import type { Gauge } from '../../observe/metrics.ts';
import type { ServerTools } from '../tools.ts';
import { describeInterface } from '../interface/document.ts';
import { favicon } from '../pages/favicon.ts';
import { sendJson } from '../json.ts';
import { sendMade } from '../made.ts';
import { Problem } from '../problem.ts';
import type { Store } from '../../store/store.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route that its requests are counted under, where its own is not to be told. */
    readonly countedAs?: string;
  }
}

/** What those who run the program look at. */
export function operationRoutes(
  app: FastifyInstance,
  { store, publisher, metrics, sources, site, version }: ServerTools,
): void {
  const answered = new Map<string, () => void>();
  app.addHook('onResponse', (request, reply, done) => {
    const { config, url = 'none' } = request.routeOptions;
    const route = config.countedAs ?? url;
    const name = `${route} ${reply.statusCode}`;
    let count = answered.get(name);
    if (!count) {
      count = metrics.series('tributary_http_requests_total', { route, status: String(reply.statusCode) });
      answered.set(name, count);
    }
    count();
    done();
  });

  get(app, '/metrics', async (request, reply) => {
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
    return sendMade(request, reply, {
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      body: metrics.render(gauges),
      cacheControl: 'no-store',
    });
  });

  get(app, '/openapi.json', (request, reply) =>
    sendJson(request, reply, describeInterface(site.title, site.url, version), 'public, max-age=3600'),
  );

  get(app, '/healthz', async (request, reply) => sendJson(request, reply, await healthOf(store), 'no-store'));

  get(app, '/readyz', (request, reply) => {
    if (publisher.isReady()) return sendJson(request, reply, { status: 'ready' }, 'no-store');
    void reply.header('retry-after', '1');
    throw new Problem(503, 'The feeds are being rendered for the first time.');
  });

  get(app, '/robots.txt', (request, reply) =>
    sendMade(request, reply, {
      contentType: 'text/plain; charset=utf-8',
      body: 'User-agent: *\nDisallow: /api/\n',
      cacheControl: 'public, max-age=86400',
    }),
  );

  get(app, '/favicon.svg', (request, reply) =>
    sendMade(request, reply, {
      contentType: 'image/svg+xml',
      body: favicon,
      cacheControl: 'public, max-age=86400',
    }),
  );
}

/** Feeds are served from memory whatever the store does: degraded is not down. */
async function healthOf(store: Store): Promise<object> {
  try {
    const revision = await store.revision();
    const reason = store.trouble();
    return reason === undefined ? { status: 'ok', revision } : { status: 'degraded', reason };
  } catch (error) {
    return { status: 'degraded', reason: (error as Error).message };
  }
}

function gauge(name: string, help: string, value: number): Gauge {
  return { name, help, values: [[{}, value]] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
