import type { Store, Transaction } from '../../src/store/store.ts';

/** A store whose transactions fail at the call with this number, counted from 1, as if the power went. */
export function faulty(
  store: Store,
  failing: number,
): { readonly store: Store; readonly calls: () => number } {
  let calls = 0;
  const counted = (transaction: Transaction): Transaction =>
    new Proxy(transaction, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          calls += 1;
          if (calls === failing) return Promise.reject(new Error('the power went'));
          return method(...args);
        };
      },
    });
  return {
    store: { ...store, write: (work) => store.write((transaction) => work(counted(transaction))) },
    calls: () => calls,
  };
}
