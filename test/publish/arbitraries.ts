import fc from 'fast-check';
import type { Entry } from '../../src/publish/entry.ts';

/** Texts that have broken a feed somewhere: ends of sections, references, forbidden and lone characters. */
const trouble = fc.constantFrom(
  ']]>',
  ']]&gt;',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?xml version="1.0"?>',
  '<script>alert(1)</script>',
  '</item></channel></rss>',
  '</entry></feed>',
  '<item>',
  '</item>',
  '"></title>',
  "'",
  '"',
  '&',
  '&amp;',
  '&amp;amp;',
  '&nbsp;',
  '&#0;',
  '&#xD800;',
  '\u0000',
  '\u0008',
  '\u000B',
  '\u001F',
  '\u007F',
  '\u0085',
  '\u2028',
  '\uFEFF',
  '\uFFFE',
  '\uFFFF',
  '\uD800',
  '\uDC00',
  '\r',
  '\r\n',
  '\n',
  '\t',
  '  ',
  '__proto__',
  'constructor',
  '%00',
  '\\',
  '$&',
  '$1',
);

const hostileText = fc
  .array(fc.oneof(trouble, fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

const seconds = fc
  .integer({ min: 0, max: Date.UTC(2100, 0) / 1000 })
  .map((second) => `${new Date(second * 1000).toISOString().slice(0, 19)}Z`);

const person = (text: fc.Arbitrary<string>) =>
  fc.record({ name: text, email: text, url: text, role: text }, { requiredKeys: [] });

const entryWith = (text: fc.Arbitrary<string>): fc.Arbitrary<Entry> =>
  fc.record(
    {
      id: text,
      title: text,
      url: text,
      summary: text,
      content: text,
      published: seconds,
      updated: seconds,
      authors: fc.array(person(text), { maxLength: 3 }),
      contributors: fc.array(person(text), { maxLength: 2 }),
      categories: fc.array(fc.record({ term: text, scheme: text, label: text }, { requiredKeys: ['term'] }), {
        maxLength: 3,
      }),
      enclosures: fc.array(
        fc.record({ url: text, type: text, length: fc.nat() }, { requiredKeys: ['url'] }),
        { maxLength: 3 },
      ),
      image: text,
      language: fc.constantFrom('en', 'zh-Hans', 'zh-Hant'),
      rights: text,
      license: text,
      source: fc.record(
        { id: text, title: text, url: text, homepage: text, updated: seconds, rights: text, license: text },
        { requiredKeys: [] },
      ),
      sourceFeedUrl: text,
      reports: fc.array(
        fc.record({
          source: text,
          sourceTitle: text,
          entryId: text,
          url: text,
          time: seconds,
          matched: fc.constantFrom('first', 'title', 'url'),
        }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  );

/** Entries whose every text is against us, in number. */
export const hostileEntries = fc.array(entryWith(hostileText), { maxLength: 20 });

/** Text as the model holds it: no white space around it or in runs, nothing that XML forbids. */
const line = (unit: 'grapheme' | 'grapheme-ascii', minLength = 1) =>
  fc
    .array(fc.string({ unit, minLength: 1, maxLength: 12 }), { minLength, maxLength: 5 })
    .map((words) => words.join(' ').replace(/\s+/gu, ' ').trim())
    .filter((text) => text.length >= minLength);

const words = fc
  .array(
    fc.constantFrom('水位', '上涨', '3.5%', 'GDP', '“引”', 'C++', '—', 'R&D', '歼-35', '𠮷野', 'naïve'),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(' '));

const url = fc
  .tuple(
    fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
    fc.constantFrom('', '?a=1&b=2', '/中文'),
  )
  .map(([base, more]) => (base.includes('?') ? base : `${base}${more}`));

const id = fc.oneof(
  url,
  fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
  fc.stringMatching(/^[0-9a-f]{32}$/).map((hash) => `tag:river.example,2024:upper/${hash}`),
);

/** Entries as the program makes them, with distinct ids, and categories and enclosures that are distinct. */
export const soundEntries = fc.uniqueArray(
  fc.record({
    id,
    title: fc.oneof(words, line('grapheme')),
    url,
    content: fc.oneof(words, line('grapheme-ascii')).map((text) => `<p>${text.replace(/[&<>]/g, '')}</p>`),
    published: seconds,
    updated: seconds,
    categories: fc.uniqueArray(
      words.map((term) => ({ term, scheme: 'urn:tributary:topics' })),
      { selector: ({ term }) => term, maxLength: 3 },
    ),
    enclosures: fc.uniqueArray(
      fc.record({
        url,
        type: fc.constantFrom('audio/mpeg', 'video/mp4', 'image/png'),
        length: fc.integer({ min: 1, max: 1e9 }),
      }),
      { selector: (enclosure) => enclosure.url, maxLength: 3 },
    ),
  }),
  { selector: (entry) => entry.id, minLength: 1, maxLength: 8 },
);
