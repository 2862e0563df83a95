import type { Validators } from '../model/source.ts';

/** Longer ones are not kept: sent back, they would make a request that servers refuse. */
const maxLength = 1024;

/**
 * What an answer can be recognised by the next time. The values are opaque: undici gives a character for each
 * byte and takes them back in the same way, so they return byte for byte.
 */
export function validatorsOf(url: string, headers: Readonly<Record<string, string>>): Validators {
  const etag = usable(headers['etag']);
  const lastModified = usable(headers['last-modified']);
  return { url, ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}

/** The fields that make a request for `url` conditional; none for a URL that did not give the validators. */
export function conditionalHeaders(url: string, validators: Validators | undefined): Record<string, string> {
  if (validators?.url !== url) return {};
  const { etag, lastModified } = validators;
  if (etag === undefined && lastModified === undefined) return {};
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
    // Servers may then send the new items alone, RFC 3229.
    'a-im': 'feed',
  };
}

function usable(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value.length > maxLength ? undefined : value;
}
