import type { IncomingHttpHeaders } from 'node:http';
import type { Representation } from '../publish/representation.ts';

/** What the program and the thread with its listening socket say to each other. */

/** What is told beside a feed's bytes, and changes with the time. */
export interface Beside {
  readonly cacheControl: string;
  /** `Tributary-Stale`, where something is. */
  readonly stale?: string;
}

/** A feed that is answered without asking anybody. */
export interface ReadyFeed extends Beside {
  readonly feed: Representation;
}

/** How ready feeds differ from before, by their URLs. */
export interface ReadyChanges {
  /** Others than before; undefined where one is ready no more. */
  readonly feeds: ReadonlyMap<string, Representation | undefined>;
  /** Of those for which something else is told than before. */
  readonly beside: ReadonlyMap<string, Beside>;
}

/** What ready feeds answered since it was told last. */
export interface Tally {
  readonly whole: number;
  readonly fresh: number;
  /** The URLs of those that were asked for. */
  readonly asked: readonly string[];
}

/** A request that is for more than a ready feed. No route reads a body. */
export interface RelayedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The client's, or that of the proxy in front. */
  readonly address: string;
}

export interface RelayedAnswer {
  readonly status: number;
  /** Names and values in turn, without those of the connection. */
  readonly fields: string[];
  readonly body: Uint8Array;
}

export type ToFront =
  | { readonly kind: 'listen'; readonly host: string; readonly port: number }
  | { readonly kind: 'feeds'; readonly changes: ReadyChanges }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: RelayedAnswer }
  /** What a request is for is ready now. */
  | { readonly kind: 'ready'; readonly id: number }
  | { readonly kind: 'close' };

export type FromFront =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'deaf'; readonly code?: string; readonly message: string }
  | { readonly kind: 'tally'; readonly tally: Tally }
  | { readonly kind: 'request'; readonly id: number; readonly request: RelayedRequest }
  | { readonly kind: 'closed' };
