import type { Socket } from 'node:net';

/** What a hostile server does with a connection once a request has come. */
export type Attack = (socket: Socket, path: string) => void;

export type Attacks = readonly (readonly [name: string, attack: Attack])[];

export const xml = 'content-type: application/rss+xml';

export const head = (...lines: readonly string[]): string =>
  `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

/** A well-framed answer. */
export const answer =
  (body: string | Uint8Array, ...lines: readonly string[]): Attack =>
  (socket) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    socket.write(head(`content-length: ${bytes.length}`, ...lines));
    socket.write(bytes);
  };

/** These bytes, one a character, and the end. */
export const raw =
  (text: string): Attack =>
  (socket) =>
    void socket.end(text, 'latin1');

/** Writes the beginning, then one piece after the other for as long as somebody listens. */
export const drip =
  (beginning: string, piece: string): Attack =>
  (socket) => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write(piece), 100);
    socket.on('close', () => clearInterval(timer));
  };

/** Writes the beginning, then pieces as fast as they are taken, without end. */
export const flood =
  (beginning: string, piece: string | Uint8Array): Attack =>
  (socket) => {
    const chunk = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    const more = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.write(beginning, 'latin1');
    socket.on('drain', more);
    more();
  };

export const redirect = (location: string, status = 302): Attack =>
  raw(
    `HTTP/1.1 ${status} Found\r\nlocation: ${Buffer.from(location).toString('latin1')}\r\ncontent-length: 0\r\n\r\n`,
  );

/** The text so often. */
export const times = (count: number, text: string | ((index: number) => string)): string =>
  typeof text === 'string' ? text.repeat(count) : Array.from({ length: count }, (_, at) => text(at)).join('');
