import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import { escapeAttribute, escapeHtml } from '../../../src/text/html/escape.ts';

test('text keeps everything but the three characters that markup is made of', () => {
  expect(escapeHtml(`a < b && "c" > 'd'\u00a0&amp;`)).toBe(`a &lt; b &amp;&amp; "c" &gt; 'd'\u00a0&amp;amp;`);
  expect(escapeHtml('plain 文字')).toBe('plain 文字');
});

test('a value cannot leave its double quotes', () => {
  expect(escapeAttribute(`"><script>'&`)).toBe(`&quot;&gt;&lt;script&gt;'&amp;`);
  expect(escapeAttribute('plain 文字')).toBe('plain 文字');
});

test('an HTML parser reads back what was written', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, value) => {
      const [element] = parseDocument(
        `<p title="${escapeAttribute(value)}">${escapeHtml(text)}</p>`,
      ).children;
      expect(element).toMatchObject({ name: 'p', attribs: { title: value } });
      expect(element).toHaveProperty(
        'children',
        text === '' ? [] : [expect.objectContaining({ data: text })],
      );
    }),
  );
});
