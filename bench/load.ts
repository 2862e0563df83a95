import { connect, type Socket } from 'node:net';

const connections = 64;

/** A request, and what its answers have to be. */
export interface Wanted {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How many times a second a server answers one GET. All answers have the same length, which is why this reader
 * has only to count bytes: it takes less time than the server does, as no client that parses answers would.
 */
export async function requestsPerSecond(
  url: string,
  { status, headers }: Wanted,
  forMs = 700,
): Promise<number> {
  const { host, hostname, port, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}\r\n`);
  const length = await answerLength(hostname, Number(port), request, status);
  let answers = 0;
  const open = () => {
    let missing = length;
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: {
        buffer: Buffer.allocUnsafeSlow(262_144),
        callback: (bytes) => {
          missing -= bytes;
          if (missing > 0) return true;
          missing = length;
          answers += 1;
          socket.write(request);
          return true;
        },
      },
    });
    socket.write(request);
    return socket;
  };
  const sockets = Array.from({ length: connections }, open);
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const rate = (answers * 1000) / (performance.now() - start);
  for (const socket of sockets) socket.destroy();
  return rate;
}

/** The length of one answer, head and body. */
function answerLength(host: string, port: number, request: Buffer, status: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host, port });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const read = Buffer.concat(chunks);
      const head = read.indexOf('\r\n\r\n') + 4;
      if (head < 4) return;
      const fields = read.subarray(0, head).toString('latin1');
      const declared = /^content-length: (\d+)/im.exec(fields)?.[1];
      socket.destroy();
      if (fields.startsWith(`HTTP/1.1 ${status} `)) resolve(head + Number(declared ?? 0));
      else reject(new Error(`the answer begins ${fields.slice(0, 12)} instead of ${status}`));
    });
    socket.on('error', reject);
    socket.write(request);
  });
}
