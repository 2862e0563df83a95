/**
 * Requests at a constant rate while the same process ingests 500 sources again and again: how long answers take,
 * beside bare Fastify and nginx with the same bytes and nothing else to do. Then whether what is promised holds,
 * without a pause and with a poll of each source once a minute, which is often for news. REQUESTS says how many
 * are sent for that: 100,000 take eight minutes.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, spread } from './alternate.ts';
import { askAtRate, percentile, type Answers } from './constant-rate.ts';
import { withFolder } from './folder.ts';
import { ingested, newItems } from './ingested.ts';
import { phrases } from './news.ts';
import { startNginx } from './nginx.ts';
import { isInstalled } from './optional.ts';
import { startOrigin } from './origin.ts';
import { writeConfig, writeTopics } from './program.ts';
import type { Result } from './result.ts';
import { copyServed } from './served.ts';
import { startServer, startTributary, type ServerProcess } from './server-process.ts';

const sources = 500;
const itemsADocument = 20;
const perSecond = 200;
/** A minute and a quarter: a poll is late by a twentieth of its interval at most, so each source is polled once. */
const requests = Number(process.env['REQUESTS'] ?? 75 * perSecond);

const rounds = 5;
const requestsARound = 6 * perSecond;

const bars = { 304: 20, 200: 50 } as const;

const path = '/feeds/all.atom';

export function bench(): Promise<readonly Result[]> {
  return withFolder(async (folder) => {
    const origin = await startOrigin();
    const urls = origin.changing(sources, itemsADocument);
    /** The program when it has read each source once. */
    const start = async (every: string) => {
      const place = join(folder, every);
      mkdirSync(place);
      const config = writeConfig(place, urls, writeTopics(place), { every });
      const program = await startTributary('serve', config);
      await ingested(program.url, sources * itemsADocument);
      return program;
    };
    const program = await start('1s');

    const copies = await copyServed(`${program.url}${path}`, folder);
    const bare = await startServer([fileURLToPath(new URL('serve-bare.ts', import.meta.url)), folder]);
    const others = [{ name: 'bare Fastify', url: `${bare.url}${path}`, stop: bare.stop }];
    if (isInstalled('nginx')) {
      const place = join(folder, 'nginx');
      mkdirSync(place);
      const { url, stop } = await startNginx(place, 'all.atom', copies);
      others.push({ name: 'nginx with ready files', url: `${url}/all.atom`, stop });
    }

    const compared = await compare(
      `${program.url}${path}`,
      others.map(({ url }) => url),
    );
    await Promise.all(others.map(({ stop }) => stop()));
    const withoutPause = await keepPromises(program, 'without a pause');
    const onceAMinute = await keepPromises(await start('1m'), 'once a minute');
    origin.stop();
    return [
      ...others.flatMap(({ name }, at) => latencies(name, compared.ours, compared.theirs[at] ?? [])),
      ...withoutPause,
      ...onceAMinute,
    ];
  });
}

/** Asks a program as often as is promised, and ends it. */
async function keepPromises(program: ServerProcess, howOften: string): Promise<readonly Result[]> {
  const before = await progressOf(program);
  const sustained = await askAtRate(`${program.url}${path}`, perSecond, requests);
  const after = await progressOf(program);
  console.error(`the server waited ${waited(before, after)} % of the time for a core of its own`);
  await program.stop();
  const ingest = `${rate(before, after)} items/s`;
  return promises(sustained, `while ${sources} sources are polled ${howOften} (${ingest})`);
}

/** Each server's answers in each round, ours first, one server after the other. */
async function compare(ours: string, theirs: readonly string[]) {
  const found = { ours: [] as Answers[], theirs: theirs.map((): Answers[] => []) };
  for (let round = 0; round < rounds; round++) {
    found.ours.push(await askAtRate(ours, perSecond, requestsARound));
    for (const [at, url] of theirs.entries())
      found.theirs[at]?.push(await askAtRate(url, perSecond, requestsARound));
  }
  return found;
}

function latencies(against: string, ours: readonly Answers[], theirs: readonly Answers[]): readonly Result[] {
  const names = ['200, identity', '200, gzip', '304, identity', '304, gzip'];
  return names.flatMap((name) =>
    ([50, 99] as const).map((share): Result => {
      const of = ({ ms }: Answers) => percentile(ms.get(name) ?? [], share / 100);
      const pairs = ours.flatMap((own, round) => {
        const other = theirs[round];
        return other ? [{ own: of(own), other: of(other) }] : [];
      });
      return {
        what: `${name}, p${share}, ${perSecond} requests/s while ${sources} sources are ingested into ${phrases.length} topics`,
        against: `${against}, nothing ingested`,
        unit: 'ms',
        ours: median(pairs.map(({ own }) => own)),
        theirs: median(pairs.map(({ other }) => other)),
        ratio: spread(pairs.map(({ own, other }) => own / other)),
      };
    }),
  );
}

function promises({ ms, sent, failed }: Answers, meanwhile: string): readonly Result[] {
  const p99 = ([status, bar]: readonly [string, number]): Result => {
    const times = [...ms].flatMap(([name, found]) => (name.startsWith(status) ? found : []));
    const ours = percentile(times, 0.99);
    return {
      what: `${status}, p99 of ${times.length}, ${perSecond} requests/s ${meanwhile}`,
      against: 'what is promised',
      unit: 'ms',
      ours,
      theirs: bar,
      ratio: spread([ours / bar]),
      bar: { atMost: 1 },
    };
  };
  return [
    ...Object.entries(bars).map(p99),
    {
      what: `requests answered ${meanwhile}`,
      against: 'requests sent',
      unit: 'requests',
      ours: sent - failed,
      theirs: sent,
      ratio: spread([(sent - failed) / sent]),
      bar: { atLeast: 1 },
    },
  ];
}

interface Progress {
  readonly items: number;
  readonly at: number;
  /** How long the server's first thread was ready and had no core; NaN where the system does not say. */
  readonly waitedMs: number;
}

async function progressOf({ url, pid }: ServerProcess): Promise<Progress> {
  const items = await newItems(url);
  return { items, at: performance.now(), waitedMs: waitedForCore(pid) };
}

function waitedForCore(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return NaN;
  }
}

/** What is else on the machine shows in each figure; so this says how much of it there was. */
function waited(before: Progress, after: Progress): number {
  return Math.round((100 * (after.waitedMs - before.waitedMs)) / (after.at - before.at));
}

function rate(before: Progress, after: Progress): string {
  const perSecond = Math.round(((after.items - before.items) * 1000) / (after.at - before.at));
  if (perSecond === 0) throw new Error('nothing was ingested meanwhile');
  return perSecond.toLocaleString('en');
}
