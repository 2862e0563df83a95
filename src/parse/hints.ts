import type { SourceFormat } from '../model/feed.ts';

/** What is known about a document beside its bytes; all of it optional, none of it trusted over the bytes. */
export interface ParseHints {
  /** The HTTP `Content-Type`, for its charset; the format is never told from it. */
  readonly contentType?: string | undefined;
  /** Where the document was read from; relative URLs in it are resolved against this. */
  readonly url?: string | undefined;
  /** HTTP headers in any case; `content-type` and `content-location` count. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** `auto` (the default) tells feeds by their bytes; a document format has to be named. */
  readonly format?: SourceFormat | undefined;
  /** IANA name or offset for times that give no zone. */
  readonly timezone?: string | undefined;
  /** What the source's configuration says its language is; it wins over what the document declares. */
  readonly language?: string | undefined;
  /** When the document was fetched: what relative dates (3分钟前) count from. */
  readonly fetchedAt?: Date | string | undefined;
  /** Affixes of titles that are columns: `36氪独家`. */
  readonly columns?: readonly string[] | undefined;
  /** False leaves HTML as it is but for its URLs, which are made absolute. */
  readonly sanitize?: boolean | undefined;
}

/** An HTTP header by its name in any case. */
export function header(hints: ParseHints, name: string): string | undefined {
  for (const [key, value] of Object.entries(hints.headers ?? {})) {
    if (key.toLowerCase() === name && value !== undefined && value.trim() !== '') return value;
  }
  return undefined;
}
