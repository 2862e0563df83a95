/**
 * Parsing to the canonical result, against parsers that read the same documents. With sanitizing, feedsmith
 * is followed by sanitize-html on each summary and content.
 */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseFeed as feedsmithParse } from 'feedsmith';
import { parseFeed as htmlparser2Parse } from 'htmlparser2';
import sanitizeHtml from 'sanitize-html';
import { parseFeed } from '../src/normalize/parse-feed.ts';
import { alternate, geometricMean, rateOf, type Measure, type Measured } from './alternate.ts';
import { optionalPackage } from './optional.ts';
import { benchDocuments } from './parse-documents.ts';
import type { Bar, Result } from './result.ts';

/** How another parser reads a document. */
type Read = (bytes: Uint8Array) => unknown;

/** Many short rounds: what else the machine does then meets both alike. */
const rounds = 15;
const roundMs = 80;

export async function bench(): Promise<readonly Result[]> {
  const results = [
    ...(await compare('feedsmith 3', false, readWithFeedsmith, { atLeast: 1.3 })),
    ...(await compare('feedsmith 3, sanitize-html', true, readAndSanitize, { atLeast: 1.2 })),
    ...(await compare('htmlparser2 parseFeed', false, (bytes) => htmlparser2Parse(decode(bytes)))),
  ];
  for (const [name, read] of others()) results.push(...(await compare(name, false, read)));
  return results;
}

async function compare(against: string, sanitize: boolean, read: Read, bar?: Bar): Promise<Result[]> {
  const mode = `sanitizing ${sanitize ? 'on' : 'off'}`;
  const each: (Measured & { readonly name: string })[] = [];
  for (const { name, bytes } of benchDocuments()) {
    const ours = () => rateOf(() => parseFeed(bytes, { url: 'https://example.org/feed', sanitize }), roundMs);
    each.push({ name, ...(await alternate(ours, await measureOf(read, bytes), rounds)) });
  }
  const results = each.map(({ name, ...measured }) => ({
    what: `parse ${name}, ${mode}`,
    against,
    unit: 'feeds/s',
    ...measured,
  }));
  const mean = { what: `parse, ${mode}, geometric mean`, against, unit: 'feeds/s', ...geometricMean(each) };
  return [...results, { ...mean, ...(bar && { bar }) }];
}

/** Some parsers answer later; those are awaited one by one. */
async function measureOf(read: Read, bytes: Uint8Array): Promise<Measure> {
  const first = read(bytes);
  if (!(first instanceof Promise)) return () => rateOf(() => read(bytes), roundMs);
  await first;
  return async () => {
    const start = performance.now();
    let runs = 0;
    for (; performance.now() - start < roundMs; runs++) await read(bytes);
    return (runs * 1000) / (performance.now() - start);
  };
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function readWithFeedsmith(bytes: Uint8Array) {
  return feedsmithParse(decode(bytes));
}

function readAndSanitize(bytes: Uint8Array): unknown {
  const parsed = readWithFeedsmith(bytes);
  if (parsed.format !== 'rss') return parsed;
  return parsed.feed.items?.map((item) => [
    sanitizeHtml(item.description ?? ''),
    sanitizeHtml(item.content?.encoded ?? ''),
  ]);
}

/** Parsers that people use, where somebody installed them. */
function others(): readonly (readonly [string, Read])[] {
  const RssParser = optionalPackage('rss-parser') as
    (new () => { parseString: (xml: string) => Promise<unknown> }) | undefined;
  const FeedParser = optionalPackage('feedparser') as (new () => NodeJS.ReadWriteStream) | undefined;
  return [
    ...(RssParser
      ? [['rss-parser', (bytes: Uint8Array) => new RssParser().parseString(decode(bytes))] as const]
      : []),
    ...(FeedParser
      ? [
          [
            'feedparser',
            async (bytes: Uint8Array) => {
              const stream = Readable.from([Buffer.from(bytes)]).pipe(new FeedParser());
              stream.resume();
              await finished(stream);
            },
          ] as const,
        ]
      : []),
  ];
}
