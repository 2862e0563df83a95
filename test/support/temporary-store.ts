import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from './tributary.ts';

/** A store in a folder of its own, for the time of a test: `await using kept = await temporaryStore()`. */
export interface TemporaryStore extends AsyncDisposable {
  /** The store as it is open now. */
  readonly store: () => Store;
  /** The file it is in. */
  readonly path: string;
  /** Closes it and opens it again, as a restart of the program does. */
  readonly reopen: () => Promise<Store>;
}

export async function temporaryStore(authority?: string): Promise<TemporaryStore> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'news.db');
  let store = openSqliteStore(path, authority);
  return {
    store: () => store,
    path,
    reopen: async () => {
      await store.close();
      store = openSqliteStore(path, authority);
      return store;
    },
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
