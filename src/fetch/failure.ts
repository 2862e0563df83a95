import { TributaryError } from '../model/errors.ts';
import { failed, type FetchOutcome } from './outcome.ts';
import { printableUrl } from './printable-url.ts';

/** The codes of Node and undici, what they are called here, and what they mean in plain words. */
const causes: readonly {
  readonly of: RegExp;
  readonly code: string;
  readonly says: string;
}[] = [
  { of: /^(?:ENOTFOUND|EAI_|ENODATA)/, code: 'dns', says: 'the host name cannot be resolved' },
  { of: /^ECONNREFUSED$/, code: 'refused', says: 'the host refuses connections' },
  {
    of: /^(?:EHOST|ENET|EADDR)/,
    code: 'unreachable',
    says: 'there is no way to the host',
  },
  {
    of: /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/,
    code: 'reset',
    says: 'the connection was broken',
  },
  { of: /^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, code: 'timeout', says: 'no connection in time' },
  { of: /^UND_ERR_HEADERS_TIMEOUT$/, code: 'timeout', says: 'no answer in time' },
  { of: /^UND_ERR_BODY_TIMEOUT$/, code: 'timeout', says: 'the document did not arrive in time' },
  {
    of: /^UND_ERR_HEADERS_OVERFLOW$/,
    code: 'too-large',
    says: 'the answer has more than 16 KB of header fields',
  },
  {
    // undici gives some of its parser's errors a name only.
    of: /^(?:HPE_|HTTPParserError$|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$)/,
    code: 'protocol',
    says: 'the answer breaks the rules of HTTP or ends early',
  },
  { of: /^(?:UND_ERR_DESTROYED|UND_ERR_CLOSED)$/, code: 'stopped', says: 'the program is stopping' },
  {
    of: /^UND_ERR_INVALID_ARG$/,
    code: 'bad-request',
    says: 'the request cannot be made as it is configured',
  },
  { of: /^(?:UND_ERR_PRX_|UND_ERR_ABORTED)/, code: 'proxy', says: 'the proxy does not open the way' },
  {
    of: /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO)/,
    code: 'tls',
    says: 'the host cannot be trusted',
  },
];

/** The outcome for an error of the network, in one plain sentence; errors of the program are thrown on. */
export function failureOf(error: unknown, url: string): FetchOutcome {
  const where = `fetch: ${printableUrl(url)}`;
  if (error instanceof TributaryError) return failed(error.code, `${where}: ${error.message}`);
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  const sign = typeof code === 'string' ? code : String(name);
  const cause = causes.find(({ of }) => of.test(sign));
  if (cause) return failed(cause.code, `${where}: ${cause.says} (${sign})`);
  if (typeof code !== 'string') throw error;
  return failed('network', `${where}: the connection failed (${sign})`);
}
