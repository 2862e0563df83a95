import { isIP } from 'node:net';
import { isGlobalUnicast } from './guard.ts';

/** Names that never leave a network (RFC 6761, RFC 6762, RFC 8375) and those that people use like them. */
const privateNames = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa)$/i;

/** Whether a URL's host is one of a private network, where many services share one name or address. */
export function isPrivateHost(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 ? privateNames.test(hostname) : !isGlobalUnicast(literal);
}
