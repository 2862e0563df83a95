import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { TributaryError } from '../../model/errors.ts';
import type { Guard } from './guard.ts';

/** The addresses of a host name, in the order in which they are to be tried. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Asks as every program of this machine does: hosts file, then DNS. */
export const resolveBySystem: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true, order: 'verbatim' }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

/**
 * Resolves a host name, or takes an address that stands in its place, and keeps what the guard lets through.
 * A name with public and private addresses is read from its public ones.
 * @throws TributaryError `forbidden-address` where nothing remains.
 */
export function guardedResolve(resolve: Resolve, isAdmitted: Guard): Resolve {
  return async (hostname) => {
    const family = isIP(hostname);
    const found = family === 0 ? await resolve(hostname) : [{ address: hostname, family }];
    const admitted = found.filter(({ address }) => isAdmitted(address));
    if (admitted.length > 0) return admitted;
    throw forbidden(hostname, found[0]?.address);
  };
}

/** The error for a host that may not be read from. */
export function forbidden(hostname: string, address: string | undefined): TributaryError {
  const where = address === undefined || address === hostname ? hostname : `${hostname} (${address})`;
  return new TributaryError(
    'forbidden-address',
    `${where} is not on the public Internet, and fetch.allow does not name it`,
  );
}
