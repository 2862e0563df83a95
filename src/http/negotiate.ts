import type { IncomingHttpHeaders } from 'node:http';
import type { Coding, Representation, Variant } from '../publish/representation.ts';

/** The smallest variant of those that the client likes best (RFC 9110, 12.5.3); no header means no coding. */
export function chooseVariant(
  representation: Representation,
  acceptEncoding: string | undefined,
): [Variant, coding?: Coding] {
  const coding = preferredCoding(acceptEncoding);
  return coding === undefined ? [representation.identity] : [representation[coding], coding];
}

/** Clients are of a few kinds, and each says the same each time: so many answers are remembered. */
const mostRemembered = 200;
const remembered = new Map<string, Coding | undefined>();

export function preferredCoding(acceptEncoding = ''): Coding | undefined {
  if (acceptEncoding === '') return undefined;
  const known = remembered.get(acceptEncoding);
  if (known !== undefined || remembered.has(acceptEncoding)) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const coding = readPreference(acceptEncoding);
  remembered.set(acceptEncoding, coding);
  return coding;
}

function readPreference(acceptEncoding: string): Coding | undefined {
  const qualities = readQualities(acceptEncoding);
  const quality = (coding: string) => qualities.get(coding) ?? qualities.get('*') ?? 0;
  const plain = qualities.get('identity') ?? 0;
  if (quality('br') > 0 && quality('br') >= Math.max(quality('gzip'), plain)) return 'br';
  return quality('gzip') > 0 && quality('gzip') >= plain ? 'gzip' : undefined;
}

function readQualities(header: string): ReadonlyMap<string, number> {
  const qualities = new Map<string, number>();
  for (const part of header.split(',').slice(0, 32)) {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((text) => text.startsWith('q='));
    const value = q === undefined ? 1 : Number(q.slice(2));
    if (coding !== '') qualities.set(coding, Number.isFinite(value) ? value : 0);
  }
  return qualities;
}

/** Whether the client has these bytes already: If-None-Match first, else If-Modified-Since (RFC 9110, 13.2.2). */
export function isFresh(headers: IncomingHttpHeaders, etag: string, lastModified?: Date): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags === etag || matches(tags, etag);
  if (lastModified === undefined) return false;
  const since = headers['if-modified-since'];
  return since !== undefined && lastModified.getTime() <= readHttpDate(since);
}

/** A tag of the list, by weak comparison, or `*` alone (RFC 9110, 13.1.2); what follows no tag is not read. */
function matches(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  const next = /[\s,]*(?:W\/)?("[^"\s]*")\s*(?=,|$)/y;
  for (let tag = next.exec(header); tag; tag = next.exec(header)) if (tag[1] === etag) return true;
  return false;
}

/** Epoch milliseconds, NaN for what is no date of HTTP (RFC 9110, 5.6.7): only asctime's form has no zone. */
function readHttpDate(text: string): number {
  if (/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text))
    return Date.parse(`${text} GMT`);
  return /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
}
