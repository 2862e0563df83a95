import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string;
  /** As it stood in the request line, with its query. */
  readonly path: string;
  /** Request line and header fields, byte for byte, one character (U+0000…U+00FF) a byte. */
  readonly head: string;
  /** A field's value by its name, in any case; undefined where it was not sent. */
  readonly header: (name: string) => string | undefined;
  /** The names of all fields in their order, in lower case. */
  readonly names: readonly string[];
  /** Which connection it came on, counted from 0. */
  readonly connection: number;
}

/** An answer with its framing done: status 200 and a Content-Length unless something else is said. */
export interface FramedAnswer {
  readonly status?: number;
  /** A value that is a list is sent as several fields; a string's characters are bytes (latin1). */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A string is sent as UTF-8. */
  readonly body?: string | Uint8Array;
}

/** Bytes that are sent as they are, and what becomes of the connection after them. */
export interface RawAnswer {
  readonly raw: string | Uint8Array;
  /** `close` (the default) ends it, `reset` breaks it, `keep` leaves it open. */
  readonly then?: 'close' | 'reset' | 'keep';
}

/** What a path answers; a function decides by the request, or writes to the socket itself and returns nothing. */
export type Answer =
  | FramedAnswer
  | RawAnswer
  | ((request: RecordedRequest, socket: Socket) => FramedAnswer | RawAnswer | undefined);

export interface Origin {
  /** `http://127.0.0.1:12345`, without a slash at the end. */
  readonly url: string;
  /** `127.0.0.1:12345` */
  readonly host: string;
  readonly port: number;
  readonly requests: readonly RecordedRequest[];
  /** How many connections were opened to it, whether or not anything was sent. */
  readonly connections: () => number;
  /** Says what a path (its query included) answers: the answers in turn, the last one from then on. */
  readonly on: (path: string, ...answers: readonly [Answer, ...Answer[]]) => void;
  /** Breaks the connections and stops. */
  readonly close: () => Promise<void>;
}

export interface OriginOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** With it the origin speaks https. */
  readonly tls?: TlsOptions;
  /** What a path answers that was given no answers; default: 404. */
  readonly otherwise?: Answer;
}

/**
 * A web server on loopback whose answers are scripted path by path and may break every rule of HTTP. It
 * records each request with the exact bytes of its head.
 *
 *     const origin = await startOrigin();
 *     origin.on('/feed.xml', { headers: { etag: '"1"' }, body: '<rss/>' }, { status: 304 });
 *     // … fetch `${origin.url}/feed.xml` twice …
 *     expect(origin.requests[1]?.header('if-none-match')).toBe('"1"');
 *     await origin.close();
 *
 * The program refuses loopback unless it is told otherwise: set `fetch.allow: [127.0.0.1/32]`.
 */
export async function startOrigin(options: OriginOptions = {}): Promise<Origin> {
  const { host = '127.0.0.1', otherwise = { status: 404, body: 'nothing here' } } = options;
  const scripts = new Map<string, Answer[]>();
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const nextAnswer = (path: string): Answer => {
    const script = scripts.get(path);
    return (script && script.length > 1 ? script.shift() : script?.[0]) ?? otherwise;
  };

  const serve = (socket: Socket): void => {
    const connection = connections++;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
        const request = readHead(received.slice(0, end + 4), connection);
        received = received.slice(end + 4);
        requests.push(request);
        const answer = nextAnswer(request.path);
        const given = typeof answer === 'function' ? answer(request, socket) : answer;
        if (given) send(socket, given);
      }
    });
  };

  const server = options.tls ? createTlsServer(options.tls, serve) : createTcpServer(serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    url: `${options.tls ? 'https' : 'http'}://${authority}`,
    host: authority,
    port,
    requests,
    connections: () => connections,
    on: (path, ...answers) => void scripts.set(path, [...answers]),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function readHead(head: string, connection: number): RecordedRequest {
  const [requestLine = '', ...lines] = head.trimEnd().split('\r\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    method,
    path,
    head,
    connection,
    names: fields.map(([name]) => name),
    header: (name) => fields.find(([known]) => known === name.toLowerCase())?.[1],
  };
}

function send(socket: Socket, answer: FramedAnswer | RawAnswer): void {
  if ('raw' in answer) {
    const bytes = typeof answer.raw === 'string' ? Buffer.from(answer.raw, 'latin1') : answer.raw;
    socket.write(bytes, () => {
      if (answer.then === 'reset') socket.resetAndDestroy();
      else if (answer.then !== 'keep') socket.end();
    });
    return;
  }
  const { status = 200, headers = {}, body } = answer;
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? new Uint8Array());
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => `${name}: ${one}\r\n`),
  );
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  if (hasBody && !named.has('content-length') && !named.has('transfer-encoding')) {
    lines.push(`content-length: ${bytes.length}\r\n`);
  }
  socket.write(Buffer.from(`HTTP/1.1 ${status} scripted\r\n${lines.join('')}\r\n`, 'latin1'));
  if (hasBody && bytes.length > 0) socket.write(bytes);
}
