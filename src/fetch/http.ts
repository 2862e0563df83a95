import { request, type Dispatcher } from 'undici';
import type { Source } from '../model/source.ts';
import { discard, readAnswer } from './answer.ts';
import { failureOf } from './failure.ts';
import { failed, type FetchOutcome, type LastFetch } from './outcome.ts';
import { printableUrl } from './printable-url.ts';
import { firstHop, followRedirect, type Hop } from './redirect.ts';
import { credentialsOf, requestHeaders } from './request-headers.ts';
import { conditionalHeaders } from './validators.ts';

/** How the program reaches other hosts. */
export interface Network {
  readonly dispatcher: Dispatcher;
  /** Refuses a host before it is asked through a proxy; connections of our own are guarded in themselves. */
  readonly admit?: (hostname: string, signal: AbortSignal) => Promise<unknown>;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly headersMs: number;
  readonly totalMs: number;
  readonly now: () => Date;
}

/** One conditional request for a source's document, following redirects by hand. */
export async function fetchHttp(
  source: Source,
  url: string,
  last: LastFetch,
  network: Network,
): Promise<FetchOutcome> {
  const { userAgent, maxBytes, totalMs, now } = network;
  const signal = AbortSignal.timeout(totalMs);
  const start = new URL(url);
  let hop = firstHop(start, credentialsOf(start, source.headers));
  try {
    for (;;) {
      const { href } = hop.url;
      const conditions = conditionalHeaders(href, last.validators);
      const response = await ask(hop, requestHeaders(userAgent, hop.own, conditions), network, signal);
      const { statusCode: status, headers } = response;
      const redirect = followRedirect(hop, status, single(headers['location']));
      if (!redirect) {
        const isConditional = Object.keys(conditions).length > 0;
        return moved(hop, await readAnswer(response, { url: href, isConditional, last, maxBytes, now: now() }));
      }
      discard(response);
      if (redirect.kind === 'refused') {
        return failed(redirect.code, `fetch: ${printableUrl(href)}: ${redirect.message}`, status);
      }
      hop = redirect.hop;
    }
  } catch (error) {
    return failureOf(error, hop.url.href, totalMs);
  }
}

async function ask(
  { url }: Hop,
  headers: Record<string, string>,
  { dispatcher, admit, headersMs, totalMs }: Network,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  await admit?.(url.hostname, signal);
  return request(url, { dispatcher, signal, headers, headersTimeout: headersMs, bodyTimeout: totalMs });
}

function moved({ url, behind, isPermanent }: Hop, outcome: FetchOutcome): FetchOutcome {
  if (behind.length === 0 || !isPermanent) return outcome;
  if (outcome.kind !== 'fetched' && outcome.kind !== 'unchanged') return outcome;
  return { ...outcome, movedPermanently: url.href };
}

/** A field that was sent twice says nothing certain. */
function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
