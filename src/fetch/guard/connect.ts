import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { TributaryError } from '../../model/errors.ts';
import { beforeAbort } from '../before-abort.ts';
import type { Connections } from '../connections.ts';
import { inSmallReads } from '../small-reads.ts';
import { hostKey } from '../target.ts';
import type { Guard } from './guard.ts';
import { forbidden, type Resolve } from './resolve.ts';

/** How long one of several addresses is tried before the next one, RFC 8305. */
const attemptTimeoutMs = 1000;

const ignore = (): void => undefined;

interface ConnectorOptions {
  readonly connections: Connections;
  /** Gives addresses that the guard has let through. */
  readonly resolve: Resolve;
  readonly isAdmitted: Guard;
  /** For the whole way to a usable connection: name, TCP and TLS. */
  readonly timeoutMs: number;
  /** Ends the attempts that are under way. */
  readonly closing: AbortSignal;
}

/**
 * Opens connections for undici in such a way that no byte reaches an address that the guard refuses. The name
 * is resolved once, the socket is given the addresses that were checked instead of the name, and is judged once
 * more by the address it has in the end; only then TLS begins, with the name in SNI and for the certificate.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  return (target, callback) => {
    const attempt = new AbortController();
    const end = (code: string, message: string) => attempt.abort(new TributaryError(code, message));
    const stop = (): void => end('stopped', 'the program is stopping');
    const timer = setTimeout(end, options.timeoutMs, 'timeout', `no connection in ${options.timeoutMs} ms`);
    options.closing.addEventListener('abort', stop);

    open(target, options, attempt.signal)
      .finally(() => {
        clearTimeout(timer);
        options.closing.removeEventListener('abort', stop);
      })
      .then(
        (socket) => {
          options.connections.add(hostKey(target.protocol, target.hostname, target.port), socket);
          callback(null, inSmallReads(socket));
        },
        (error: unknown) => callback((attempt.signal.reason ?? error) as Error, null),
      );
  };
}

async function open(
  { protocol, hostname, port, servername }: buildConnector.Options,
  { resolve, isAdmitted }: ConnectorOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const addresses = await beforeAbort(resolve(hostname), signal);
  const socket = connectTcp({
    host: hostname,
    port: Number(port === '' ? defaultPort(protocol) : port),
    // Not called for a literal address, which is the one that was checked.
    lookup: (_name, wanted, done) => {
      if (wanted.all === true) done(null, [...addresses]);
      else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
    },
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
    noDelay: true,
    keepAlive: true,
  });
  socket.on('error', ignore);
  try {
    await once(socket, 'connect', { signal });
    if (!isAdmitted(socket.remoteAddress ?? '')) throw forbidden(hostname, socket.remoteAddress);
    if (protocol !== 'https:') return socket;
    const name = servername?.length ? servername : hostname;
    const secure = connectTls({
      socket,
      host: hostname,
      ALPNProtocols: ['http/1.1'],
      ...(isIP(name) === 0 && { servername: name }),
    });
    secure.on('error', ignore);
    await once(secure, 'secureConnect', { signal });
    return secure;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}
