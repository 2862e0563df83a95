import { drip, raw, redirect, type Attacks } from './attack.ts';

/** Forty ways to write addresses of this machine. */
export const spellings = [
  ...['127.0.0.2', '127.0.0.2.', '127.2', '127.0.2', '0127.0.0.2', '0177.0.0.2', '0177.2', '0177.0.2'],
  ...['00000177.0.0.2', '0x7f.0.0.2', '0x7f.2', '0X7F.0.2', '0x7f.0x0.0x0.0x2', '0x7f000002', '0x7F000002'],
  ...['2130706434', '017700000002', '0177.0.0x2', '127.0.0.0x2', '127.0.0.02', '%31%32%37.0.0.2'],
  ...['１２７.０.０.２', '127。0。0。2', '①②⑦.⓪.⓪.②', '127．0．0．2'],
  ...['[::ffff:127.0.0.2]', '[::ffff:7f00:2]', '[0:0:0:0:0:ffff:7f00:0002]', '[::FFFF:127.0.0.2]'],
  ...['[::127.0.0.2]', '[64:ff9b::127.0.0.2]', '[64:ff9b::7f00:2]', '[2002:7f00:2::]', '[2002:7f00:2::1]'],
  ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '0.0.0.0', '0', '[::ffff:0:127.0.0.2]'],
] as const;

const schemes = [
  'file:///etc/passwd',
  'ftp://127.0.0.2/',
  'gopher://127.0.0.2:70/',
  'data:text/xml,<rss/>',
  'javascript:alert(1)',
  'unix:/var/run/docker.sock',
  'ws://127.0.0.2/',
  'dict://127.0.0.2:2628/',
  'http:',
  'http://',
  'http://[::1',
  'http://a b/',
  'http://:80/',
  '//',
] as const;

/** Answers that lead somewhere else: within, in circles, nowhere. */
export function redirects(forbiddenPort: number): Attacks {
  return [
    ...spellings.map((host, at) => [`within-${at}`, redirect(`http://${host}:${forbiddenPort}/`)] as const),
    ...[301, 303, 307, 308].map(
      (status) => [`within-by-${status}`, redirect(`http://127.0.0.2:${forbiddenPort}/`, status)] as const,
    ),
    ['within-by-login', redirect(`http://user:word@127.0.0.2:${forbiddenPort}/`)],
    ['within-by-path', redirect(`//127.0.0.2:${forbiddenPort}/`)],
    ['within-by-backslash', redirect(`http:\\\\127.0.0.2:${forbiddenPort}\\`)],
    ['within-by-tls', redirect(`https://127.0.0.2:${forbiddenPort}/`)],
    [
      'within-at-last',
      (socket, path) => {
        const there = path === '/3' ? `http://127.0.0.2:${forbiddenPort}/` : `/${Number(path.slice(1)) + 1}`;
        redirect(there)(socket, path);
      },
    ],
    ...schemes.map((location, at) => [`scheme-${at}`, redirect(location)] as const),
    ['circle', redirect('/')],
    ['circle-of-two', (socket, path) => redirect(path === '/a' ? '/b' : '/a')(socket, path)],
    ['ever-on', (socket, path) => redirect(`${path}x`)(socket, path)],
    ['nowhere', raw('HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n')],
    ['two-ways', raw('HTTP/1.1 302 Found\r\nlocation: /a\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n')],
    ['long-way', redirect(`/${'x'.repeat(12_000)}`)],
    ['slow-way', drip('HTTP/1.1 302 Found\r\nlocation: /', 'x')],
  ];
}
