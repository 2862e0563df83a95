import { join } from 'node:path';
import { expect } from 'vitest';
import { inNamespace, namespaces, publicAddress } from '../support/namespace.ts';
import { testWith } from '../support/programs.ts';

const script = (name: string): string => join(import.meta.dirname, 'namespace', `${name}.ts`);

testWith(namespaces, 'a name that is given another address each time leads nowhere within', async () => {
  const { asked, outcomes } = (await inNamespace(script('rebinding'), { nameServer: '127.0.0.53' })) as {
    asked: { public: number; inside: number };
    outcomes: string[];
  };
  expect(asked.inside).toBe(0);
  // Of three names one is always read, for one of its addresses is public, and two are every other time.
  expect(asked.public).toBe(40);
  expect(outcomes).toEqual(['fetched', 'forbidden-address']);
});

testWith(namespaces, 'names that nobody answers for do not hold up one of the hosts file', async () => {
  const hosts = [`${publicAddress} good.test`];
  const { ms } = (await inNamespace(script('hanging-names'), { nameServer: '127.0.0.9', hosts })) as {
    ms: number;
  };
  expect(ms).toBeLessThan(2000);
});

testWith(namespaces, 'a host that asked to be left alone is left alone by another process, too', async () => {
  const hosts = [`${publicAddress} busy.test`];
  expect(await inNamespace(script('held-host'), { nameServer: '127.0.0.9', hosts })).toEqual(['/one']);
});
