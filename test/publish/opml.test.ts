import { parseOpml } from 'feedsmith';
import { expect, test } from 'vitest';
import { renderOpml } from '../../src/publish/opml.ts';
import { testWith, xmllint, xmllintComplaints } from '../support/programs.ts';

/** OPML 2.0 out: http://opml.org/spec2.opml */

const document = renderOpml('Rivers & <lakes>', [
  {
    text: 'All "news"',
    xmlUrl: 'https://river.example/feeds/all.atom?a=1&b=2',
    htmlUrl: 'https://river.example/',
  },
  { text: '主题', outlines: [{ text: '水 & 电', xmlUrl: 'https://river.example/feeds/topics/water.atom' }] },
]);

test('a subscription list is read as it was meant', () => {
  const { head, body } = parseOpml(document);
  expect(head?.title).toBe('Rivers & <lakes>');
  expect(body?.outlines).toMatchObject([
    {
      text: 'All "news"',
      type: 'rss',
      xmlUrl: 'https://river.example/feeds/all.atom?a=1&b=2',
      htmlUrl: 'https://river.example/',
    },
    {
      text: '主题',
      outlines: [{ text: '水 & 电', type: 'rss', xmlUrl: 'https://river.example/feeds/topics/water.atom' }],
    },
  ]);
});

test('it says its version, and a group is no subscription', () => {
  expect(document).toContain('<opml version="2.0">');
  expect(parseOpml(document).body?.outlines?.[1]).not.toHaveProperty('xmlUrl');
});

test('the same list is the same document', () => {
  const again = renderOpml('x', [{ text: 'y', xmlUrl: 'https://y.example/' }]);
  expect(renderOpml('x', [{ text: 'y', xmlUrl: 'https://y.example/' }])).toBe(again);
});

testWith(xmllint, 'it is well formed, with hostile titles and with nothing in it', () => {
  expect(xmllintComplaints(document)).toBe('');
  expect(xmllintComplaints(renderOpml(']]> \u0000 & < " \uD800', [{ text: '\u0001"<&\uFFFF' }]))).toBe('');
  expect(xmllintComplaints(renderOpml('', []))).toBe('');
});
