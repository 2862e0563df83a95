import { hash } from 'node:crypto';
import { discard, readBody } from './body.ts';
import { isChallengeByHeaders, isChallengePage } from './challenge.ts';
import type { Answer } from './exchange.ts';
import { readHints } from './hints.ts';
import { failed, type Answerer, type FetchOutcome, type LastFetch } from './outcome.ts';
import type { LetGrow } from './large-bodies.ts';
import { printableUrl } from './printable-url.ts';
import { validatorsOf } from './validators.ts';

/** A request that was made, as far as its answer depends on it. */
export interface Asked {
  /** Where in the end. */
  readonly url: string;
  readonly from: Answerer;
  /** Whether validators were sent along. */
  readonly isConditional: boolean;
  readonly last: LastFetch;
  readonly maxBytes: number;
  readonly letGrow: LetGrow;
  readonly now: Date;
}

type Headers = Readonly<Record<string, string>>;

/** Pages that say no may hold a challenge, and are read that far to know. */
const maxErrorPageBytes = 262_144;

/** What an answer that is no redirect means for the document. */
export async function readAnswer(answer: Answer, asked: Asked): Promise<FetchOutcome> {
  const headers = flatten(answer.headers);
  const outcome = { ...(await read(answer, headers, asked)), from: asked.from };
  const hints = readHints(headers, asked.now);
  return Object.keys(hints).length === 0 ? outcome : { ...outcome, hints };
}

function read(answer: Answer, headers: Headers, asked: Asked): FetchOutcome | Promise<FetchOutcome> {
  const { status } = answer;
  const { url, last } = asked;
  if (status === 200 && !isChallengeByHeaders(headers)) return document(answer, headers, asked);
  if (status === 226 && asked.isConditional && isFeedDelta(headers)) return document(answer, headers, asked);
  if (status === 304 && asked.isConditional) {
    discard(answer);
    return { kind: 'unchanged', status, validators: { ...last.validators, ...validatorsOf(url, headers) } };
  }
  if (status === 410) {
    discard(answer);
    return { kind: 'gone', status };
  }
  return refusal(answer, headers, asked);
}

async function refusal(answer: Answer, headers: Headers, asked: Asked): Promise<FetchOutcome> {
  const { status } = answer;
  const { url } = asked;
  if (await isChallenge(answer, headers, asked)) return challenge(url, status);
  const what = status === 304 ? '304 to a request without a condition' : `status ${status}`;
  return failed(`http-${status}`, `fetch: ${printableUrl(url)}: answered with ${what}`, status);
}

async function document(
  answer: Answer,
  headers: Headers,
  { url, last, maxBytes, letGrow }: Asked,
): Promise<FetchOutcome> {
  const { status } = answer;
  const bytes = await readBody(answer, maxBytes, letGrow);
  const bodyHash = hash('sha256', bytes);
  const validators = validatorsOf(url, headers);
  if (bodyHash === last.bodyHash) return { kind: 'unchanged', status, bodyHash, validators };
  if (isChallengePage(bytes)) return challenge(url, status);
  const found = { kind: 'fetched', status, bytes, bodyHash, url, headers, validators } as const;
  return status === 226 ? { ...found, delta: true } : found;
}

async function isChallenge(answer: Answer, headers: Headers, { letGrow }: Asked): Promise<boolean> {
  if (isChallengeByHeaders(headers) || headers['content-type']?.startsWith('text/html') !== true) {
    discard(answer);
    return isChallengeByHeaders(headers);
  }
  const page = await readBody(answer, maxErrorPageBytes, letGrow).catch(() => undefined);
  return page !== undefined && isChallengePage(page);
}

function challenge(url: string, status: number): FetchOutcome {
  const message = `fetch: ${printableUrl(url)}: a service before the host wants to see a browser first`;
  return failed('challenge', message, status);
}

/** Only `feed` was asked for; older servers do not name what they did. */
function isFeedDelta(headers: Headers): boolean {
  return /^\s*feed\s*$/i.test(headers['im'] ?? 'feed');
}

/** Fields that hold one opaque value: sent twice, neither is what the server would recognise. */
const singular: ReadonlySet<string> = new Set(['etag', 'last-modified']);

function flatten(headers: Answer['headers']): Headers {
  if (Object.values(headers).every((value) => typeof value === 'string')) return headers as Headers;
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') flat[name] = value;
    else if (value !== undefined && !singular.has(name)) flat[name] = value.join(', ');
  }
  return flat;
}
