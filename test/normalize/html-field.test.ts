import fc from 'fast-check';
import { expect, test } from 'vitest';
import { richText } from '../../src/normalize/html-field.ts';
import { absolutizeHtml } from '../../src/text/html/absolutize.ts';

const baseUrl = 'https://pier.example/dir/';

test('what is left as it is has no URL that needs a base', () => {
  const attribute = fc.constantFrom(
    ...[
      'href="x"',
      'href="http://a.example/"',
      "href='/y'",
      'src=z',
      'SRC="q"',
      'srcset="a 1x"',
      'poster = "p"',
      'cite="c"',
    ],
    ...[
      'alt="=x"',
      'class=a',
      'data-src="d"',
      'href="http:x"',
      'href="https://a.example/=b"',
      'background="b"',
      'src\n="n"',
    ],
  );
  const tag = fc
    .tuple(
      fc.constantFrom('a', 'img', 'video', 'blockquote', 'object', 'body'),
      fc.array(attribute, { maxLength: 3 }),
    )
    .map(([name, attributes]) => `<${[name, ...attributes].join(' ')}>text`);
  fc.assert(
    fc.property(fc.array(tag, { minLength: 1, maxLength: 6 }), (tags) => {
      const html = tags.join('');
      expect(richText(html, { baseUrl, sanitize: false })).toBe(absolutizeHtml(html, baseUrl).trim());
    }),
  );
});

test('nothing is absent, not empty', () => {
  expect(richText('  \n', { sanitize: true })).toBeUndefined();
  expect(richText('<script>x</script>', { sanitize: true })).toBeUndefined();
});

test('without sanitizing only URLs change', () => {
  const html = '<p onclick="x">A&B <script>1</script><a href="y">z</a>';
  expect(richText(html, { baseUrl, sanitize: false })).toBe(
    html.replace('"y"', '"https://pier.example/dir/y"'),
  );
});
