import { first } from './001-first.ts';

/** In order; only ever appended to. The store's version is how many of them it has had. */
export const migrations: readonly string[] = [first];
