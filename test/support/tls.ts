import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll } from 'vitest';

const pem = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/tls', name), 'utf8');

/** Key and certificate of the host feeds.test, which hold until 2126. */
export const feedsTest = { key: pem('feeds.test.key.pem'), cert: pem('feeds.test.pem') };

const usual = getCACertificates('default');

/** Whether this process trusts the authority that signed them. */
export function trustTestAuthority(trusted: boolean): void {
  setDefaultCACertificates(trusted ? [...usual, pem('authority.pem')] : usual);
}

/** Trusts it while the tests of a file run. */
export function withTestAuthority(): void {
  beforeAll(() => trustTestAuthority(true));
  afterAll(() => trustTestAuthority(false));
}
