import type { Bench } from './result.ts';

interface Entry {
  readonly load: () => Promise<{ readonly bench: Bench }>;
  /** Takes minutes: runs when it is named, or with `--all`. */
  readonly long?: true;
}

/** All benchmarks, in the order of their table. */
export const benches: Readonly<Record<string, Entry>> = {
  parse: { load: () => import('./parse.ts') },
  ingest: { load: () => import('./ingest.ts') },
  readers: { load: () => import('./readers.ts'), long: true },
  conditional: { load: () => import('./conditional.ts') },
  memory: { load: () => import('./memory.ts') },
  serve: { load: () => import('./serve.ts') },
  'serve-polling': { load: () => import('./serve-polling.ts') },
  render: { load: () => import('./render.ts') },
  scale: { load: () => import('./scale.ts'), long: true },
  topics: { load: () => import('./topics.ts') },
  keys: { load: () => import('./keys.ts') },
  start: { load: () => import('./start.ts') },
};
