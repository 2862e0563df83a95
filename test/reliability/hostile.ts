import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

/** What a hostile server does with a connection once a request has come. */
export type Attack = (socket: Socket, path: string) => void;

const head = (...lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;

const answer =
  (body: string | Uint8Array, ...lines: readonly string[]): Attack =>
  (socket) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    socket.write(head(`content-length: ${bytes.length}`, ...lines));
    socket.write(bytes);
  };

const raw =
  (text: string): Attack =>
  (socket) =>
    void socket.end(text, 'latin1');

/** Writes the beginning, then one piece after the other for as long as somebody listens. */
const drip =
  (beginning: string, piece: string): Attack =>
  (socket) => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write(piece), 100);
    socket.on('close', () => clearInterval(timer));
  };

const endless: Attack = (socket) => {
  const chunk = Buffer.alloc(65_536, 'x');
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.write(head('content-type: application/rss+xml'));
  socket.on('drain', more);
  more();
};

const redirect = (location: string): Attack =>
  raw(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);

const zeros = Buffer.alloc(64 * 1024 * 1024);
const xml = 'content-type: application/rss+xml';
const rss = (items: string): string => `<rss version="2.0"><channel><title>x</title>${items}</channel></rss>`;
const item = (text: string): string => rss(`<item><title>x</title><description>${text}</description></item>`);
const lines = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

/** A document that doubles an entity thirty times. */
const laughs = `<!DOCTYPE rss [<!ENTITY a0 "ha">${lines(30, (at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`)}]>${item('&a30;')}`;

/** Every attack by its name; redirects lead to the port that must not be reached. */
export function attacks(forbiddenPort: number): ReadonlyMap<string, Attack> {
  const forbidden = [
    '127.0.0.2',
    '2130706434',
    '0x7f000002',
    '0177.0.0.2',
    '127.2',
    '127.0.2',
    '[::ffff:127.0.0.2]',
    '[::ffff:7f00:2]',
    '[::127.0.0.2]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '0.0.0.0',
    '0',
    '[::]',
    '１２７.０.０.２',
    '127。0。0。2',
  ];
  return new Map<string, Attack>([
    ['silence', () => undefined],
    ['slow-header', drip('HTTP/1.1 200 OK\r\nx: ', 'x')],
    ['slow-headers', drip('HTTP/1.1 200 OK\r\n', 'x: y\r\n')],
    ['slow-body', drip(head(xml), ' ')],
    ['slow-promise', drip(head(xml, 'content-length: 1000000'), ' ')],
    ['endless', endless],
    ['gzip-bomb', answer(gzipSync(zeros), xml, 'content-encoding: gzip')],
    ['deflate-bomb', answer(deflateSync(zeros), xml, 'content-encoding: deflate')],
    [
      'brotli-bomb',
      answer(
        brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
        xml,
        'content-encoding: br',
      ),
    ],
    ['gzip-twice', answer(gzipSync(gzipSync(zeros)), xml, 'content-encoding: gzip, gzip')],
    ['gzip-broken', answer(gzipSync('<rss/>').subarray(0, 20), xml, 'content-encoding: gzip')],
    ['chunk-broken', raw(`${head('transfer-encoding: chunked')}zz\r\nhello\r\n`)],
    ['chunk-huge', raw(`${head('transfer-encoding: chunked')}ffffffffffffffff\r\nhello\r\n`)],
    ['length-long', raw(`${head('content-length: 100000')}<rss/>`)],
    ['length-short', raw(`${head('content-length: 10')}${item('x')}`)],
    ['length-twice', raw(`${head('content-length: 5', 'content-length: 9')}<rss/>`)],
    ['length-negative', raw(`${head('content-length: -5')}<rss/>`)],
    ['no-http', raw('220 smtp.example ready\r\n')],
    ['garbage', raw('\x00\xff\x16\x03'.repeat(10_000))],
    ['headers-many', raw(`HTTP/1.1 200 OK\r\n${lines(100_000, (at) => `x-${at}: y\r\n`)}\r\n`)],
    ['header-long', raw(head(`x: ${'y'.repeat(1_000_000)}`))],
    ['continue', drip('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n')],
    ['reset', (socket) => void socket.resetAndDestroy()],
    [
      'reset-late',
      (socket) => void socket.write(`${head('content-length: 9999')}<rss>`, () => socket.resetAndDestroy()),
    ],
    ['redirect-self', redirect('/')],
    ['redirect-on', (socket, path) => redirect(`${path}x`)(socket, path)],
    ['redirect-file', redirect('file:///etc/passwd')],
    ...forbidden.map((host, at): [string, Attack] => [
      `redirect-${at}`,
      redirect(`http://${Buffer.from(host).toString('latin1')}:${forbiddenPort}/`),
    ]),
    ['deep-xml', answer(item('<a>'.repeat(100_000)), xml)],
    ['deep-xml-closed', answer(rss('<a>'.repeat(50_000) + '</a>'.repeat(50_000)), xml)],
    ['deep-json', answer(`{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(100_000)}`)],
    ['deep-html', answer(item(`<![CDATA[${'<div>'.repeat(90_000)}]]>`), xml)],
    ['laughs', answer(laughs, xml)],
    ['entities', answer(item('&amp;'.repeat(100_000)), xml)],
    ['external', answer(`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item('&x;')}`, xml)],
    ['attributes', answer(rss(`<item ${lines(60_000, (at) => `a${at}="" `)}/>`), xml)],
    ['comments', answer(`<rss>${'<!--'.repeat(100_000)}`, xml)],
    ['cdata', answer(`<rss>${'<![CDATA['.repeat(50_000)}`, xml)],
    ['angles', answer(item(`<![CDATA[${'<a '.repeat(150_000)}]]>`), xml)],
    ['title', answer(rss(`<item><title>${'字'.repeat(150_000)}</title></item>`), xml)],
    ['items', answer(rss(lines(9000, (at) => `<item><title>第${at}条</title></item>`)), xml)],
    ['spaces', answer(item(' '.repeat(450_000)), xml)],
    ['binary', answer(Buffer.alloc(500_000, Uint8Array.from([0, 255, 254, 60, 7])), xml)],
    ['charset', answer(Buffer.from(item('新闻'.repeat(100)), 'utf16le'), `${xml}; charset=gbk`)],
    ['charset-unknown', answer(item('新闻'), `${xml}; charset=klingon`)],
    [
      'page',
      answer(`<!doctype html><html><title>x</title>${'<p>x'.repeat(50_000)}`, 'content-type: text/html'),
    ],
    ['empty', answer('', xml)],
  ]);
}
