import { first } from './001-first.ts';
import { polledAt } from './002-polled-at.ts';
import { arrival } from './003-arrival.ts';
import { identity } from './004-identity.ts';

/** In order; only ever appended to. The store's version is how many of them it has had. */
export const migrations: readonly string[] = [first, polledAt, arrival, identity];
