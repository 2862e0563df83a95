import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { temporaryFolder } from '../support/tributary.ts';
import { describeStore } from './store-contract.ts';

describeStore('sqlite', async () => {
  const folder = await temporaryFolder();
  return {
    open: () => Promise.resolve(openSqliteStore(`${folder.path}/news.db`, 'news.example.org,2026')),
    remove: () => folder[Symbol.asyncDispose](),
  };
});
