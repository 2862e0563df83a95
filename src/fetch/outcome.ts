import type { Validators } from '../model/source.ts';

/** What came of one attempt to read a document; a source that is down is an outcome, not an exception. */
export type FetchOutcome =
  /** The document is the one that was read last. */
  | {
      readonly kind: 'unchanged';
      readonly status?: number;
      readonly validators?: Validators;
      readonly bodyHash?: string;
    }
  | {
      readonly kind: 'fetched';
      readonly status?: number;
      readonly bytes: Uint8Array;
      /** SHA-256 of `bytes`, hexadecimal. */
      readonly bodyHash: string;
      /** Where the document was found in the end. */
      readonly url: string;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly validators?: Validators;
    }
  /** The server says that it is gone for good. */
  | { readonly kind: 'gone'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly status?: number;
      readonly error: { readonly code: string; readonly message: string };
      readonly retryAfterMs?: number;
    };

/** What is remembered of the last time a document was read. */
export interface LastFetch {
  readonly validators?: Validators;
  readonly bodyHash?: string;
}

export function failed(code: string, message: string, status?: number): FetchOutcome {
  return { kind: 'failed', error: { code, message }, ...(status !== undefined && { status }) };
}
