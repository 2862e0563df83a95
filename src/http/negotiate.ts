import type { IncomingHttpHeaders } from 'node:http';
import type { Representation, Variant } from '../publish/representation.ts';

/** The smallest variant of those that the client likes best (RFC 9110, 12.5.3); no header means no coding. */
export function chooseVariant(
  { br, gzip, identity }: Representation,
  acceptEncoding: string | undefined,
): [Variant, coding?: string] {
  const qualities = readQualities(acceptEncoding ?? '');
  const quality = (coding: string) => qualities.get(coding) ?? qualities.get('*') ?? 0;
  const plain = qualities.get('identity') ?? 0;
  if (quality('br') > 0 && quality('br') >= Math.max(quality('gzip'), plain)) return [br, 'br'];
  if (quality('gzip') > 0 && quality('gzip') >= plain) return [gzip, 'gzip'];
  return [identity];
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
export function isFresh(headers: IncomingHttpHeaders, etag: string, lastModified: Date): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  return lastModified.getTime() <= readHttpDate(headers['if-modified-since'] ?? '');
}

/** Epoch milliseconds, NaN for what is no date of HTTP (RFC 9110, 5.6.7): only asctime's form has no zone. */
function readHttpDate(text: string): number {
  if (/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text))
    return Date.parse(`${text} GMT`);
  return /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
}
