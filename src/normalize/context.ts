import type { Warning } from '../model/feed.ts';
import type { Wire } from '../parse/wire.ts';
import { header, type ParseHints } from '../parse/hints.ts';
import { innerBase } from './base.ts';

/** What a normalizer knows beside the wire document. */
export interface NormalizeContext {
  /** The charset in effect, a lower-case WHATWG name. */
  readonly encoding: string;
  readonly hints: ParseHints;
  /** For times without a zone: the hint's, else the format's own. */
  readonly timezone: string;
  /** What relative URLs are resolved against unless the document says otherwise. */
  readonly baseUrl?: string | undefined;
  /** When the document was fetched: what relative dates count from. */
  readonly now?: Date | undefined;
  readonly sanitize: boolean;
  readonly columns: readonly string[];
  /** What normalizing cut or could not read; normalizers add to it. */
  readonly warnings: Warning[];
  /** The line of an element's offset, in formats that have elements. */
  readonly lineOf?: ((offset: number) => number) | undefined;
}

/** Formats whose sources all write their times in one zone. */
const homeZones: Partial<Record<Wire['kind'], string>> = { telegraph: 'Asia/Shanghai' };

export function contextFor(kind: Wire['kind'], encoding: string, hints: ParseHints): NormalizeContext {
  return {
    encoding,
    hints,
    timezone: hints.timezone ?? homeZones[kind] ?? 'UTC',
    baseUrl: documentUrl(hints),
    now: fetchTime(hints.fetchedAt),
    sanitize: hints.sanitize ?? true,
    columns: hints.columns ?? [],
    warnings: [],
  };
}

/** RFC 9110 8.7: Content-Location, itself resolved against the URL, says where the document lives. */
function documentUrl(hints: ParseHints): string | undefined {
  return innerBase(header(hints, 'content-location'), innerBase(hints.url, undefined));
}

function fetchTime(fetchedAt: Date | string | undefined): Date | undefined {
  if (fetchedAt === undefined) return undefined;
  const date = new Date(fetchedAt);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
