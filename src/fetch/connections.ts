import type { Socket } from 'node:net';
import { isGlobalUnicast } from './guard/guard.ts';

/** The open connections of the program, by the host and port that they are for. */
export interface Connections {
  /** Notes a connection for as long as it is open. */
  readonly add: (host: string, socket: Socket) => void;
  /** The address that a host is reached at; of several, one that is not public before one that is. */
  readonly address: (host: string) => string | undefined;
  /**
   * To be called before a request: gives a function that tells, when the request has failed, whether it was
   * sent on a connection that had served before and was closed without a byte of an answer.
   */
  readonly watch: (host: string) => () => boolean;
}

/** The connections to one host. */
interface Open {
  readonly sockets: readonly Socket[];
  readonly address: string | undefined;
}

export function createConnections(): Connections {
  const hosts = new Map<string, Open>();
  const socketsOf = (host: string): readonly Socket[] => hosts.get(host)?.sockets ?? [];
  const note = (host: string, sockets: readonly Socket[]): void => {
    if (sockets.length === 0) hosts.delete(host);
    else hosts.set(host, { sockets, address: addressOf(sockets) });
  };

  return {
    add: (host, socket) => {
      note(host, [...socketsOf(host), socket]);
      socket.once('close', () =>
        note(
          host,
          socketsOf(host).filter((other) => other !== socket),
        ),
      );
    },
    address: (host) => hosts.get(host)?.address,
    watch: (host) => {
      const sockets = socketsOf(host);
      const before = sockets.map(({ bytesRead }) => bytesRead);
      return () => sockets.some(({ destroyed, bytesRead }, at) => destroyed && bytesRead === before[at]);
    },
  };
}

function addressOf(sockets: readonly Socket[]): string | undefined {
  const addresses = sockets.flatMap(({ remoteAddress }) => remoteAddress ?? []);
  return addresses.find((address) => !isGlobalUnicast(address)) ?? addresses[0];
}
