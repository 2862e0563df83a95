import { Agent, EnvHttpProxyAgent, type buildConnector, type Dispatcher } from 'undici';
import { UsageError } from '../model/errors.ts';

/** The environment variables that name proxies; the lower-case ones win, as everywhere. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

interface DispatcherOptions {
  readonly connect: buildConnector.connector;
  /** Connections at once to one host and port. */
  readonly perHost: number;
  readonly connectMs: number;
}

/**
 * What requests go through, and whether a proxy may stand in between. Proxies themselves are the operator's
 * choice and may be anywhere.
 * @throws UsageError where a proxy's address is none.
 */
export function createDispatcher(
  { connect, perHost, connectMs }: DispatcherOptions,
  environment: ProxyEnvironment,
): { readonly dispatcher: Dispatcher; readonly mayProxy: boolean } {
  const options = {
    connect,
    connections: perHost,
    pipelining: 1,
    maxHeaderSize: 16_384,
    // Sources are polled minutes apart: servers that would hold a connection for that long are not let.
    keepAliveMaxTimeout: 10_000,
  };
  const httpProxy = proxyOf(environment, 'http_proxy');
  const httpsProxy = proxyOf(environment, 'https_proxy');
  if (httpProxy === '' && httpsProxy === '') return { dispatcher: new Agent(options), mayProxy: false };
  const dispatcher = new EnvHttpProxyAgent({
    ...options,
    httpProxy,
    httpsProxy,
    noProxy: variable(environment, 'no_proxy'),
    connectTimeout: connectMs,
    proxyTls: { allowH2: false },
    requestTls: { allowH2: false },
  });
  return { dispatcher, mayProxy: true };
}

/** `proxy.example:3128` means what curl takes it for. */
function proxyOf(environment: ProxyEnvironment, name: string): string {
  const given = variable(environment, name);
  const url = given === '' || given.includes('://') ? given : `http://${given}`;
  if (url !== '' && !URL.canParse(url)) throw new UsageError(`fetch: ${name.toUpperCase()} is not a URL`);
  return url;
}

function variable(environment: ProxyEnvironment, name: string): string {
  return environment[name] ?? environment[name.toUpperCase()] ?? '';
}
