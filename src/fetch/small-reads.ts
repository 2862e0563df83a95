import type { Socket } from 'node:net';

/** As many fields as fit are refused one by one, each with an error of its own, within some milliseconds. */
const mostBytes = 8192;

/**
 * Lets undici read so many bytes at a time, and nothing of a connection that it has given up. It goes on through all
 * that it has read when the fields of an answer are too many, so 64 kB of fields of four bytes kept the event loop
 * busy for a quarter of a second.
 */
export function inSmallReads(socket: Socket): Socket {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    if (socket.destroyed) return null;
    // Node itself reads no bytes to have more of them come.
    const isMuch = size === undefined && socket.readableLength > mostBytes;
    return read(isMuch ? mostBytes : size) as unknown;
  };
  return socket;
}
