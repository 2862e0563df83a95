import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutHtml } from '../../../src/text/html/cut.ts';
import { htmlToText } from '../../../src/text/html/to-text.ts';
import { sanitizeHtml } from '../../../src/text/html/sanitize.ts';

const rest = 'https://a.example/1?x=1&y=2';
const restLink = '<p><a href="https://a.example/1?x=1&amp;y=2">…</a></p>';

const paragraphs = (count: number, text: string) => `<p>${text}</p>`.repeat(count);

describe('cutHtml', () => {
  test('leaves what fits as it is', () => {
    expect(cutHtml('<p>short</p>', 1000, rest)).toBe('<p>short</p>');
  });

  test('leaves what fits to the byte as it is', () => {
    const html = paragraphs(100, '水');
    expect(cutHtml(html, Buffer.byteLength(html), rest)).toBe(html);
    expect(cutHtml(html, Buffer.byteLength(html) - 1, rest)).not.toBe(html);
  });

  test('ends with an element, and then with a link to the rest', () => {
    const cut = cutHtml(paragraphs(1000, '一二三四五六七八九十'), 4096, rest);
    expect(cut.replace(/^(<p>一二三四五六七八九十<\/p>)+/, '')).toBe(restLink);
  });

  test('keeps most of what fits', () => {
    expect(Buffer.byteLength(cutHtml(paragraphs(1000, 'x'.repeat(30)), 8192, rest))).toBeGreaterThan(7000);
  });

  test('closes what is open there', () => {
    const cut = cutHtml(`<ul>${'<li>one</li>'.repeat(1000)}</ul>`, 2048, rest);
    expect(cut.replaceAll('<li>one</li>', '')).toBe(`<ul></ul>${restLink}`);
  });

  test('ends with a word where there is no element', () => {
    const cut = cutHtml('word '.repeat(1000), 1024, rest);
    expect(cut.replaceAll('word', '').replaceAll(' ', '')).toBe(restLink.replaceAll(' ', ''));
  });

  test('splits no character reference and no character', () => {
    for (let bytes = 600; bytes < 640; bytes += 1) {
      expect(cutHtml('&amp;'.repeat(500), bytes, rest)).toMatch(/^(&amp;)*<p>/);
      expect(cutHtml('\u{1F30A}'.repeat(500), bytes, rest)).toMatch(/^\u{1F30A}*<p>/u);
    }
  });

  test('is not fooled by what stands in an attribute', () => {
    const html = `<p><img src="https://a.example/1.png" alt="a > b </p> c"></p>`.repeat(100);
    const cut = cutHtml(html, 2048, rest);
    expect(cut.endsWith(restLink)).toBe(true);
    expect(sanitizeHtml(cut.slice(0, -restLink.length)).match(/<p>/g)).toHaveLength(
      cut.slice(0, -restLink.length).match(/<p>/g)?.length ?? 0,
    );
  });

  const fragment = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        '<p>水流</p>',
        '<ul><li>a</li><li>b',
        '</li></ul>',
        '<blockquote><p>deep</p>',
        '</blockquote>',
        '<br>',
        '<img src="https://a.example/i.png" alt=">">',
        '&amp;',
        '<table><tr><td>1</td></tr></table>',
        '<pre>\n\n  code</pre>',
      ),
    ),
    { minLength: 20, maxLength: 300 },
  );

  test('never exceeds the limit, stays sanitized, balanced and a part of the whole', () => {
    fc.assert(
      fc.property(fragment, fc.integer({ min: 512, max: 4096 }), (parts, maxBytes) => {
        const html = sanitizeHtml(parts.join(''));
        const cut = cutHtml(html, maxBytes, rest);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
        if (cut === html) return;
        expect(cut.endsWith(restLink)).toBe(true);
        const kept = cut.slice(0, -restLink.length);
        // Sanitizing balances tags: what is balanced and clean stays as it is.
        expect(sanitizeHtml(kept)).toBe(kept);
        const text = htmlToText(kept).replace(/\s+/g, '');
        expect(htmlToText(html).replace(/\s+/g, '').startsWith(text)).toBe(true);
      }),
    );
  });

  test('takes a time that grows with the length alone', () => {
    const hostile = '<b>'.repeat(200_000);
    const startedAt = performance.now();
    for (const html of [
      hostile,
      '<'.repeat(500_000),
      `<p ${'a="'.repeat(200_000)}`,
      '<p>'.repeat(99) + ' '.repeat(500_000),
    ])
      cutHtml(html, 65_536, rest);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
