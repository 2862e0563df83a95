import { createHash } from 'node:crypto';
import { Agent, request, type Dispatcher } from 'undici';
import type { FetchSettings } from '../model/settings.ts';
import type { Source, Validators } from '../model/source.ts';
import { readBody } from './decode-body.ts';
import { failed, type FetchOutcome, type LastFetch } from './outcome.ts';

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, ' +
  'text/xml;q=0.9, application/json;q=0.9, text/markdown;q=0.8, text/plain;q=0.8, */*;q=0.5';

const maxHops = 5;

/** How the program reaches other hosts; made once, closed with the program. */
export function createDispatcher({ perHost, timeoutMs }: FetchSettings): Dispatcher {
  return new Agent({
    connections: perHost,
    connect: { timeout: Math.min(5000, timeoutMs) },
    headersTimeout: Math.min(10_000, timeoutMs),
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    pipelining: 1,
  });
}

/** One conditional request for a source's document, following redirects by hand. */
export async function fetchHttp(
  source: Source,
  url: string,
  last: LastFetch,
  settings: FetchSettings,
  dispatcher: Dispatcher,
): Promise<FetchOutcome> {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  let target = url;
  try {
    for (let hop = 0; hop <= maxHops; hop++) {
      const response = await request(target, {
        dispatcher,
        signal,
        headers: requestHeaders(source, url, target, last.validators, settings.userAgent),
      });
      const next = redirectTarget(response, target);
      if (next === undefined) return await outcomeOf(response, target, last, settings.maxBytes);
      response.body.destroy();
      if (target.startsWith('https:') && !next.startsWith('https:')) {
        return failed('insecure-redirect', `fetch: ${target} redirects to ${next}, which is not https`);
      }
      target = next;
    }
    return failed('redirects', `fetch: ${url} redirects more than ${maxHops} times`);
  } catch (error) {
    return failedBy(error, target, settings.timeoutMs);
  }
}

function requestHeaders(
  source: Source,
  url: string,
  target: string,
  validators: Validators | undefined,
  userAgent: string,
): Record<string, string> {
  return {
    // Credentials are for the host they were configured for, and for no host it redirects to.
    ...(new URL(target).origin === new URL(url).origin && source.headers),
    'user-agent': userAgent,
    accept,
    'accept-encoding': 'gzip, br, deflate',
    ...(validators?.url === target && {
      ...(validators.etag !== undefined && { 'if-none-match': validators.etag }),
      ...(validators.lastModified !== undefined && { 'if-modified-since': validators.lastModified }),
    }),
  };
}

function redirectTarget({ statusCode, headers }: Dispatcher.ResponseData, from: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || typeof headers['location'] !== 'string')
    return undefined;
  if (!URL.canParse(headers['location'], from)) return undefined;
  const target = new URL(headers['location'], from);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target.href : undefined;
}

async function outcomeOf(
  response: Dispatcher.ResponseData,
  url: string,
  last: LastFetch,
  maxBytes: number,
): Promise<FetchOutcome> {
  const status = response.statusCode;
  const headers = flatten(response.headers);
  if (status === 200) {
    const bytes = await readBody(response.body, headers['content-encoding'] ?? '', maxBytes);
    const bodyHash = createHash('sha256').update(bytes).digest('hex');
    const validators = validatorsOf(url, headers);
    if (bodyHash === last.bodyHash) return { kind: 'unchanged', status, bodyHash, validators };
    return { kind: 'fetched', status, bytes, bodyHash, url, headers, validators };
  }
  response.body.destroy();
  if (status === 304) {
    return { kind: 'unchanged', status, validators: { ...last.validators, ...validatorsOf(url, headers) } };
  }
  if (status === 410) return { kind: 'gone', status };
  const outcome = failed(`http-${status}`, `fetch: ${url} answered with status ${status}`, status);
  const retryAfterMs = retryAfter(headers['retry-after']);
  return outcome.kind === 'failed' && retryAfterMs !== undefined ? { ...outcome, retryAfterMs } : outcome;
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function validatorsOf(url: string, headers: Readonly<Record<string, string>>): Validators {
  return {
    url,
    ...(headers['etag'] !== undefined && { etag: headers['etag'] }),
    ...(headers['last-modified'] !== undefined && { lastModified: headers['last-modified'] }),
  };
}

/** RFC 9110, 10.2.3, in its form of seconds; the other form is read by the caller who has a clock. */
function retryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : undefined;
}

function failedBy(error: unknown, url: string, timeoutMs: number): FetchOutcome {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return failed('timeout', `fetch: ${url} took longer than ${timeoutMs} ms`);
  return failed(
    code?.toLowerCase().replaceAll('_', '-') ?? 'failed',
    `fetch: ${url}: ${message || (code ?? name)}`,
  );
}
