import type { Validators } from '../model/source.ts';

/** What a server says of when to come again, whatever its answer is. */
export interface Hints {
  /** How long the answer stays fresh from now on: max-age of Cache-Control less Age. */
  readonly maxAgeMs?: number;
  /** When the answer goes stale, by this machine's clock: as long from now as Expires is from Date. */
  readonly expiresAt?: Date;
  /** How long to stay away, at most seven days. */
  readonly retryAfterMs?: number;
}

interface Answered {
  readonly status?: number;
  readonly hints?: Hints;
}

interface Found extends Answered {
  readonly validators?: Validators;
  /** Where the document has moved, when every redirect on the way to it was a permanent one. */
  readonly movedPermanently?: string;
}

/** What came of one attempt to read a document; a source that is down is an outcome, not an exception. */
export type FetchOutcome =
  /** The document is the one that was read last. */
  | (Found & { readonly kind: 'unchanged'; readonly bodyHash?: string })
  | (Found & {
      readonly kind: 'fetched';
      readonly bytes: Uint8Array;
      /** SHA-256 of `bytes`, hexadecimal. */
      readonly bodyHash: string;
      /** Where the document was found in the end, without user name and password. */
      readonly url: string;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      /** Only the items that are new or changed are listed, RFC 3229: the others have not left. */
      readonly delta?: true;
    })
  /** The server says that it is gone for good. */
  | (Answered & { readonly kind: 'gone'; readonly status: number })
  | (Answered & {
      readonly kind: 'failed';
      readonly error: { readonly code: string; readonly message: string };
    });

/** What is remembered of the last time a document was read. */
export interface LastFetch {
  readonly validators?: Validators;
  readonly bodyHash?: string;
}

export function failed(code: string, message: string, status?: number): FetchOutcome {
  return { kind: 'failed', error: { code, message }, ...(status !== undefined && { status }) };
}
