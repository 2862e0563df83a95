import type { Dispatcher } from 'undici';
import type { Source } from '../model/source.ts';
import { readAnswer } from './answer.ts';
import { discard } from './body.ts';
import type { Connections } from './connections.ts';
import { inTime, startDeadline, type Deadline } from './deadline.ts';
import { exchange, type Answer } from './exchange.ts';
import { failureOf } from './failure.ts';
import type { LetGrow } from './large-bodies.ts';
import { failed, type FetchOutcome, type LastFetch } from './outcome.ts';
import { printableUrl } from './printable-url.ts';
import { firstHop, followRedirect, type Hop } from './redirect.ts';
import { requestHeaders } from './request-headers.ts';
import { conditionalHeaders } from './validators.ts';

/** How the program reaches other hosts. */
export interface Network {
  readonly dispatcher: Dispatcher;
  /** The connections that are open, each of them guarded. */
  readonly connections: Connections;
  /** Refuses a host before it is asked through a proxy; connections of our own are guarded in themselves. */
  readonly admit?: (hostname: string) => Promise<unknown>;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly letGrow: LetGrow;
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
  const deadline = startDeadline(network.totalMs);
  let hop = startOf(source, url, last.movedTo);
  try {
    for (;;) {
      const step = await take(hop, last, network, deadline);
      if (step.kind === 'arrived') return step.outcome;
      hop = step.hop;
    }
  } catch (error) {
    return failureOf(error, hop.to.href);
  } finally {
    deadline.clear();
  }
}

/** The first requests of sources, which are the same from poll to poll, and where their sources had moved to. */
const starts = new WeakMap<Source, { readonly movedTo: string | undefined; readonly hop: Hop }>();

function startOf(source: Source, url: string, movedTo: string | undefined): Hop {
  const known = starts.get(source);
  if (known && known.movedTo === movedTo) return known.hop;
  const hop = firstHop(url, source.headers, movedTo);
  starts.set(source, { movedTo, hop });
  return hop;
}

type Step =
  | { readonly kind: 'arrived'; readonly outcome: FetchOutcome }
  | { readonly kind: 'followed'; readonly hop: Hop };

async function take(hop: Hop, last: LastFetch, network: Network, deadline: Deadline): Promise<Step> {
  const { userAgent, maxBytes, letGrow, now, connections } = network;
  const url = hop.to.href;
  const conditions = conditionalHeaders(url, last.validators);
  const answer = await ask(hop, requestHeaders(userAgent, hop.own, conditions), network, deadline);
  // At once, while the connection is there.
  const address = connections.address(hop.to.host);
  const from = { url, ...(address !== undefined && { address }) };
  const { status, headers } = answer;
  const redirect = followRedirect(hop, status, single(headers['location']));
  if (!redirect) {
    const isConditional = Object.keys(conditions).length > 0;
    const asked = { url, from, isConditional, last, maxBytes, letGrow, now: now() };
    return { kind: 'arrived', outcome: moved(hop, await readAnswer(answer, asked)) };
  }
  discard(answer);
  if (redirect.kind === 'followed') return redirect;
  const message = `fetch: ${printableUrl(url)}: ${redirect.message}`;
  return { kind: 'arrived', outcome: { ...failed(redirect.code, message, status), from } };
}

/**
 * The answer to one request. Servers close connections that nobody uses, at times just when somebody does: such
 * a request is made once more, for it was never read.
 */
async function ask(
  { to }: Hop,
  headers: Record<string, string>,
  { dispatcher, connections, admit, headersMs }: Network,
  deadline: Deadline,
): Promise<Answer> {
  if (admit) await inTime(admit(to.hostname), deadline);
  const options = {
    origin: to.origin,
    path: to.path,
    method: 'GET',
    headers,
    headersTimeout: headersMs,
    // The deadline is for the body too.
    bodyTimeout: 0,
  } as const;
  const wasClosedUnused = connections.watch(to.host);
  try {
    return await exchange(dispatcher, options, deadline);
  } catch (error) {
    if (deadline.isOver() || !wasClosedUnused()) throw error;
    return await exchange(dispatcher, options, deadline);
  }
}

function moved({ to, behind, isPermanent }: Hop, outcome: FetchOutcome): FetchOutcome {
  if (behind.length === 0 || !isPermanent) return outcome;
  if (outcome.kind !== 'fetched' && outcome.kind !== 'unchanged') return outcome;
  return { ...outcome, movedPermanently: to.href };
}

/** A field that was sent twice says nothing certain. */
function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
