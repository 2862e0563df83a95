import { z } from 'zod';
import { sourceFormats } from '../model/feed.ts';
import * as value from './values.ts';

const minutes = (count: number) => count * 60_000;
const hours = (count: number) => minutes(count * 60);

/** Everything that can be said of a source but its id. */
const sourceShape = {
  title: value.text().optional(),
  url: value.text('an http, https or file URL').optional(),
  format: value.choice(sourceFormats).default('auto'),
  every: value.schedule().optional(),
  timezone: value.timezone().optional(),
  language: value.language().optional(),
  sample: value.text('a file beside this one').optional(),
  enabled: value.flag().default(true),
  headers: z.record(z.string(), value.text('text')).default({}),
  private: value.flag().optional(),
  topics: value.list(value.identifier()).default([]),
  columns: value.list(value.text()).default([]),
  dedupe: value.choice(['title', 'url', 'none']).default('title'),
  keep: value.list(value.text()).default([]),
  drop: value.list(value.text()).default([]),
  explode: value.flag().default(false),
  republish: value.choice(['full', 'summary', 'title']).default('full'),
  expect: value
    .strict({
      minItems: value.whole(0).optional(),
      timed: value.share().optional(),
      linked: value.share().optional(),
    })
    .default({}),
};

/** `source.yaml`: a source whose id is the name of its folder. */
export const sourceFileSchema = value.strict(sourceShape);

/** An entry of the `sources` list. */
export const sourceEntrySchema = value.strict({ id: value.identifier(), ...sourceShape });

const authority = () => {
  const allowed = 'an RFC 4151 authority as "news.example.org,2026"';
  return value.text(allowed).regex(/^[A-Za-z0-9.@_-]+,\d{4}(-\d\d(-\d\d)?)?$/, { error: allowed });
};

const storeUrl = () => {
  const allowed = 'sqlite:PATH';
  return value.text(allowed).regex(/^sqlite:./, { error: allowed });
};

/** The configuration file; what is left out has its default here. */
export const configSchema = value.strict({
  site: value
    .strict({
      title: value.text().default('Tributary'),
      url: value.httpUrl().optional(),
      language: value.language().default('zh'),
      authority: authority().optional(),
    })
    .prefault({}),
  server: value
    .strict({
      host: value.text('a host name or address').default('127.0.0.1'),
      port: value.whole(0, 65_535).default(8080),
      adminToken: z.string({ error: 'text' }).default(''),
      readers: value.passwords().default({}),
      rateLimit: value
        .strict({ requests: value.whole(1, 1_000_000), per: value.duration().default(minutes(1)) })
        .optional(),
      trustProxy: value.trustedProxies().default(false),
    })
    .prefault({}),
  store: value.strict({ url: storeUrl().default('sqlite:./data/tributary.db') }).prefault({}),
  feeds: value.text('a folder').optional(),
  sources: value.list(sourceEntrySchema).default([]),
  origin: value.choice(['live', 'samples']).default('live'),
  topics: value.text('a file').optional(),
  fetch: value
    .strict({
      userAgent: value.text().optional(),
      timeoutMs: value.whole(1, 600_000).default(30_000),
      maxBytes: value.whole(1024, 1_073_741_824).default(10_485_760),
      concurrency: value.whole(1, 1024).default(16),
      perHost: value.whole(1, 1024).default(1),
      minInterval: value.duration().default(minutes(1)),
      maxInterval: value.duration().default(hours(24)),
      allow: value.list(value.addressBlock()).default([]),
    })
    .prefault({}),
  dedupe: value
    .strict({
      window: value.duration().default(hours(48)),
      minKeyLength: value.whole(1, 1024).default(8),
      keyVersion: z.literal([1, 2], { error: '1 or 2' }).default(1),
    })
    .prefault({}),
  publish: value
    .strict({
      entries: value.whole(1, 500).default(50),
      hours: value.whole(0, 8760).default(24),
      maxEntries: value.whole(1, 2000).default(500),
      content: value.choice(['full', 'summary', 'none']).default('full'),
      maxContentBytes: value.whole(256, 2_097_152).default(65_536),
      promo: value.flag().default(false),
      'source-in-title': value.choice(['none', 'prefix', 'suffix']).default('none'),
    })
    .prefault({}),
  saved: value
    .list(
      value.strict({
        id: value.identifier(),
        title: value.text(),
        topic: value.list(value.identifier()).optional(),
        source: value.list(value.identifier()).optional(),
        'exclude-source': value.list(value.identifier()).optional(),
        q: value.text().optional(),
        exclude: value.text().optional(),
        content: value.choice(['full', 'summary', 'none']).optional(),
        script: value.choice(['hans', 'hant']).optional(),
      }),
    )
    .default([]),
  retain: value
    .strict({ days: value.whole(1, 365_000).default(90), items: value.whole(1).default(1_000_000) })
    .prefault({}),
  log: value
    .strict({
      level: value.choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    })
    .prefault({}),
});

/** `topics.yaml`. */
export const topicsSchema = value.list(
  value.strict({
    id: value.identifier(),
    title: value.text(),
    any: value.list(value.text()).default([]),
    strong: value.list(value.text()).default([]),
    all: value.list(value.text()).default([]),
    none: value.list(value.text()).default([]),
    sources: value.list(value.identifier()).default([]),
    examples: value.list(value.text()).default([]),
    counterexamples: value.list(value.text()).default([]),
  }),
  'a list of topics',
);

export type ConfigInput = z.output<typeof configSchema>;
export type SourceInput = z.output<typeof sourceFileSchema>;
