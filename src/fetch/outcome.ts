import type { Validators } from '../model/source.ts';

/** What a server says of when to come again, whatever its answer is. */
export interface Hints {
  /** How long the answer stays fresh from now on, RFC 9111, section 4.2. */
  readonly freshForMs?: number;
  /** How long to stay away, at most seven days. */
  readonly retryAfterMs?: number;
}

/** Who gave an answer: the last one on the way, which need not be who was asked. */
export interface Answerer {
  readonly url: string;
  /** The address it was reached at; absent where a proxy stands in between. */
  readonly address?: string;
}

interface Answered {
  readonly status?: number;
  readonly hints?: Hints;
  /** Absent where nobody answered, and for a file. */
  readonly from?: Answerer;
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
  /** Where the document has moved to for good; it is asked for there. */
  readonly movedTo?: string;
  readonly validators?: Validators;
  readonly bodyHash?: string;
}

export function failed(code: string, message: string, status?: number): FetchOutcome {
  return { kind: 'failed', error: { code, message }, ...(status !== undefined && { status }) };
}
