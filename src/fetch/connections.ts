import type { Socket } from 'node:net';
import { isGlobalUnicast } from './guard/guard.ts';

/** The open connections of the program, by the host and port that they are for. */
export interface Connections {
  /** Notes a connection for as long as it is open. */
  readonly add: (host: string, socket: Socket) => void;
  /** The address that a host is reached at; of several, one that is not public before one that is. */
  readonly address: (url: URL) => string | undefined;
  /**
   * To be called before a request: gives a function that tells, when the request has failed, whether it was
   * sent on a connection that had served before and was closed without a byte of an answer.
   */
  readonly watch: (url: URL) => () => boolean;
}

export function createConnections(): Connections {
  const open = new Map<string, Set<Socket>>();
  const of = ({ protocol, hostname, port }: URL): readonly Socket[] => [
    ...(open.get(hostKey(protocol, hostname, port)) ?? []),
  ];

  return {
    add: (host, socket) => {
      const sockets = open.get(host) ?? new Set();
      open.set(host, sockets.add(socket));
      socket.once('close', () => {
        sockets.delete(socket);
        if (sockets.size === 0 && open.get(host) === sockets) open.delete(host);
      });
    },
    address: (url) => {
      const addresses = of(url).flatMap(({ remoteAddress }) => remoteAddress ?? []);
      return addresses.find((address) => !isGlobalUnicast(address)) ?? addresses[0];
    },
    watch: (url) => {
      const before = of(url).map((socket) => ({ socket, bytesRead: socket.bytesRead }));
      return () => before.some(({ socket, bytesRead }) => socket.destroyed && socket.bytesRead === bytesRead);
    },
  };
}

/** What connections are kept by; undici and URLs agree on it but for the brackets of IPv6. */
export function hostKey(protocol: string, hostname: string, port: string): string {
  const number = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return `${protocol}//${hostname.replace(/^\[|\]$/g, '')}:${number}`;
}
