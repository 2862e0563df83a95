import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validatorComplaints } from '../support/feed-validator/validate.ts';

/** The rules of the feed validator can fail: a document that keeps all of them, and each fault that they find. */

const url = 'https://river.example/feeds/all.atom';

const atom = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="zh">
<id>tag:river.example,2024:feeds/all</id>
<title type="text">Rivers</title>
<updated>2024-05-06T07:30:00Z</updated>
<link rel="self" href="${url}" type="application/atom+xml"/>
<link rel="alternate" href="https://river.example/" type="text/html"/>
<author><name>Rivers</name></author>
<icon>https://river.example/favicon.svg</icon>
<entry xml:lang="en">
<id>https://upper.example/1</id>
<title type="text">High water</title>
<updated>2024-05-06T07:30:00Z</updated>
<published>2024-05-06T07:00:00Z</published>
<link rel="alternate" href="https://upper.example/1" type="text/html"/>
<link rel="enclosure" href="https://upper.example/1.mp3" type="audio/mpeg" length="1"/>
<author><name>A. Rook</name><uri>https://upper.example/rook</uri><email>rook@upper.example</email></author>
<category term="water" scheme="urn:river:topics" label="Water"/>
<summary type="html">&lt;p&gt;Short&lt;/p&gt;</summary>
<source>
<id>urn:uuid:6b1f4d0a-5d5c-4d53-9f2c-2d6a7c1a0b11</id>
<title type="text">Upper</title>
<updated>2024-05-06T07:30:00Z</updated>
</source>
</entry>
</feed>`;

const rssUrl = 'https://river.example/feeds/all.rss';

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>Rivers</title>
<link>https://river.example/</link>
<description>All that flows</description>
<lastBuildDate>Mon, 06 May 2024 07:30:00 GMT</lastBuildDate>
<atom:link rel="self" href="${rssUrl}" type="application/rss+xml"/>
<item>
<title>High water</title>
<description>Short</description>
<content:encoded><![CDATA[<p>Long</p>]]></content:encoded>
<link>https://upper.example/1</link>
<guid isPermaLink="false">tag:upper.example,2024:1</guid>
<pubDate>Mon, 06 May 2024 07:00:00 GMT</pubDate>
<dc:creator>A. Rook</dc:creator>
<enclosure url="https://upper.example/1.mp3" length="1" type="audio/mpeg"/>
<source url="https://river.example/feeds/sources/upper.rss">Upper</source>
</item>
</channel>
</rss>`;

const rulesBroken = (document: string, at: string) =>
  validatorComplaints(document, at).map(({ rule }) => rule);

/** A fault: what it says, the rule that finds it, what is replaced by what. */
type Fault = readonly [sentence: string, rule: string, good: string | RegExp, bad: string];

const title = 'High water';
const summary = '&lt;p&gt;Short&lt;/p&gt;';
const alternate = '<link rel="alternate" href="https://upper.example/1" type="text/html"/>';
const enclosed = 'href="https://upper.example/1.mp3"';
const entryId = 'https://upper.example/1</id>';
const again = (name: string) => `<${name}>2024-05-06T07:30:00Z</${name}>`;

const atomFaults: readonly Fault[] = [
  ['a namespace that nobody registered', 'UnknownNamespace', ' xml:lang="zh"', ' xmlns:x="urn:river:1"'],
  ['an element that Atom does not know', 'UndefinedElement', '<entry xml', '<stream/><entry xml'],
  ['a document that is no feed', 'UndefinedElement', /(<\/?)feed/g, '$1stream'],
  ['an attribute that Atom does not know', 'UnexpectedAttribute', '<icon>', '<icon size="1">'],
  ['a link to nowhere', 'MissingHref', enclosed, ''],
  ['a category without a term', 'MissingAttribute', 'term="water" ', ''],
  ['text between elements', 'UnexpectedText', '<author><name>Rivers', 'by<author><name>Rivers'],
  ['two times of the feed', 'DuplicateElement', '<icon>', `${again('updated')}<icon>`],
  ['a feed without a title', 'MissingElement', '<title type="text">Rivers</title>', ''],
  ['an entry without an id', 'MissingElement', `<id>${entryId}`, ''],
  ['a person without a name', 'MissingElement', '<name>A. Rook</name>', ''],
  ['an entry that nobody wrote', 'MissingElement', /<author>.*<\/author>/g, ''],
  ['a control of ISO 8859', 'BadCharacters', title, 'High\u0085water'],
  ['a character that was lost', 'BadCharacters', title, 'High \uFFFD'],
  ['UTF-8 that was read as Latin', 'BadCharacters', title, 'MarÃ©e'],
  ['a character that was lost in an attribute', 'BadCharacters', '"Water"', '"Wat\uFFFDr"'],
  ['one in an element of others', 'BadCharacters', '<summary', '<x:a xmlns:x="urn:x">\uFFFD</x:a><summary'],
  ['a language that there is not', 'InvalidLanguage', 'xml:lang="en"', 'xml:lang="qq"'],
  ['a title of a type that there is not', 'InvalidTextType', 'type="text">High', 'type="text/plain">High'],
  ['an empty title', 'NotBlank', title, ''],
  ['a person with an empty name', 'NotBlank', 'A. Rook', ' '],
  ['a title with an end tag in it', 'ContainsUndeclaredHTML', title, '&lt;b&gt;High&lt;/b&gt;'],
  ['a title with a character of HTML in it', 'ContainsUndeclaredHTML', title, 'High&amp;nbsp;water'],
  ['one without its semicolon', 'ContainsUndeclaredHTML', title, 'S&amp;P500'],
  ['a label with a character of HTML in it', 'ContainsHTML', '"Water"', '"&amp;copy; Water"'],
  ['a name with an end tag in it', 'ContainsHTML', 'A. Rook', 'A. Rook&lt;/span&gt;'],
  ['a name with an address in it', 'ContainsEmail', 'A. Rook', 'A. Rook &lt;rook@upper.example&gt;'],
  ['an address that is none', 'InvalidAddrSpec', 'rook@upper.example', 'rook'],
  ['an address without a domain', 'UnknownHost', 'rook@upper.example', 'rook@upper'],
  [
    'a link with a long path that is not ASCII',
    'InvalidIRI',
    enclosed,
    `href="https://upper.example/${'水'.repeat(64)}"`,
  ],
  ['a link with a bracket', 'InvalidUriChar', enclosed, 'href="https://upper.example/?a[]=1"'],
  ['an icon that is not ASCII', 'InvalidLink', 'favicon.svg', '图.svg'],
  ['a link without a host', 'InvalidIRI', enclosed, 'href="http:///1.mp3"'],
  ['a time with space around it', 'UnexpectedWhitespace', '07:00:00Z</published>', '07:00:00Z </published>'],
  ['an id that is not absolute', 'InvalidFullLink', entryId, '/1</id>'],
  ['an id that is a broken tag', 'InvalidTAG', 'tag:river.example,2024:', 'tag:river.example:'],
  ['an id that is a broken URN', 'InvalidURN', entryId, 'urn:x:1</id>'],
  ['an id that is a broken UUID', 'InvalidUUID', 'urn:uuid:6b1f4d0a-', 'urn:uuid:'],
  ['an id with a host in upper case', 'NonCanonicalURI', entryId, 'https://UPPER.example/1</id>'],
  ['an id with its default port', 'NonCanonicalURI', entryId, 'https://upper.example:443/1</id>'],
  ['an id without a path', 'NonCanonicalURI', entryId, 'https://upper.example</id>'],
  ['an id with dots in its path', 'NonCanonicalURI', entryId, 'https://upper.example/a/../1</id>'],
  ['an id with an escape in lower case', 'NonCanonicalURI', entryId, 'https://upper.example/%e6</id>'],
  ['an id with an escape that is none', 'NonCanonicalURI', entryId, 'https://upper.example/%zz</id>'],
  ['a scheme that was young in 2007', 'SchemeNotIANARegistered', enclosed, 'href="magnet:?xt=1"'],
  ['a time without a zone', 'InvalidRFC3339Date', '07:00:00Z</published>', '07:00:00</published>'],
  ['a day that there is not', 'InvalidRFC3339Date', '2024-05-06T07:00:00Z', '2024-02-30T07:00:00Z'],
  ['a time before there were feeds', 'ImplausibleDate', '2024-05-06T07:00:00Z', '1970-01-01T00:00:00Z'],
  ['a time that is to come', 'ImplausibleDate', '2024-05-06T07:00:00Z', '2999-01-01T00:00:00Z'],
  ['a source without a title', 'MissingSourceElement', '<title type="text">Upper</title>', ''],
  ['two pages of one type', 'DuplicateAtomLink', alternate, alternate + alternate],
  ['an entry with nothing to read', 'MissingTextualContent', /<summary.*<\/summary>/, ''],
  ['an entry without content or page', 'MissingContentOrAlternate', alternate, ''],
  ['an entry that links to an archive', 'FeedHistoryRelInEntry', 'rel="enclosure"', 'rel="prev-archive"'],
  ['a feed that does not say where it is', 'MissingSelf', 'rel="self"', 'rel="related"'],
  ['a feed that says it relatively', 'RelativeSelf', url, '/feeds/all.atom'],
  ['a feed that says that it is elsewhere', 'SelfDoesntMatchLocation', url, 'https://river.example/all'],
  ['a feed that says it is a page', 'SelfNotAtom', 'application/atom+xml', 'text/html'],
  ['an archive without neighbours', 'ArchiveIncomplete', '<entry xml', '<fh:archive/><entry xml'],
  [
    'an archive that does not lead to the feed',
    'MissingCurrentInArchive',
    '<entry xml',
    '<fh:archive/><entry xml',
  ],
  ['an icon behind an entry', 'MisplacedMetadata', '</feed>', '<logo>https://river.example/l</logo></feed>'],
  ['an entry twice', 'DuplicateEntries', /<entry[^]*<\/entry>/, '$&$&'],
  ['entries of one second', 'DuplicateUpdated', /<entry[^]*<\/entry>/, '$&$&'],
  ['a link with an empty title', 'AttrNotBlank', 'rel="enclosure"', 'rel="enclosure" title=""'],
  ['a link with an empty relation', 'AttrNotBlank', 'rel="enclosure"', 'rel=""'],
  ['a relation that nobody registered', 'UnregisteredAtomLinkRel', 'rel="enclosure"', 'rel="sound"'],
  ['a type that is none', 'InvalidMIMEType', 'audio/mpeg', 'mp3'],
  ['a length that is none', 'InvalidNonNegativeInteger', 'length="1"', 'length="-1"'],
  [
    'a link with something in it',
    'AtomLinkNotEmpty',
    `${enclosed} type="audio/mpeg" length="1"/>`,
    'href="urn:ab:1">x</link>',
  ],
  ['a tag that is no HTML', 'NotHtml', summary, '&lt;blog&gt;&lt;/blog&gt;'],
  ['a tag that does not end', 'NotHtml', summary, '&lt;p&gt;Short'],
  ['tags that end in the wrong order', 'NotHtml', summary, '&lt;b&gt;&lt;i&gt;&lt;/b&gt;&lt;/i&gt;'],
  ['a bracket that opens no tag', 'NotHtml', summary, '3 &lt; 4'],
  ['a script', 'SecurityRisk', summary, '&lt;script&gt;&lt;/script&gt;'],
  ['an attribute that runs a script', 'SecurityRiskAttr', summary, '&lt;p onclick="x"&gt;&lt;/p&gt;'],
  ['a style', 'DangerousStyleAttr', summary, '&lt;p style="x"&gt;&lt;/p&gt;'],
];

const guid = '<guid isPermaLink="false">tag:upper.example,2024:1</guid>';

const rssFaults: readonly Fault[] = [
  ['a title with the start of a tag in it', 'CharacterData', title, 'High &lt;water'],
  ['a title with an end tag in it', 'ContainsHTML', title, '&lt;b&gt;High&lt;/b&gt;'],
  ['a title with a character of HTML in it', 'ContainsHTML', title, 'High&amp;nbsp;water'],
  ['an empty title', 'NotBlank', title, ' '],
  ['a link that is not ASCII', 'InvalidFullLink', 'https://upper.example/1<', 'https://upper.example/水<'],
  [
    'an enclosure without a domain',
    'InvalidURLAttribute',
    'https://upper.example/1.mp3',
    'https://upper/1.mp3',
  ],
  ['an enclosure without a length', 'MissingAttribute', ' length="1"', ''],
  ['an id that may be a page or not', 'InvalidBooleanAttribute', 'isPermaLink="false"', 'isPermaLink="no"'],
  ['an id that others have as well', 'NotSufficientlyUnique', 'tag:upper.example,2024:1', '17'],
  ['an id that is no page', 'InvalidPermalink', ' isPermaLink="false"', ''],
  ['an id that is a page with a bracket', 'InvalidHttpGUID', guid, '<guid>https://upper.example/?a[]</guid>'],
  ['an item of content alone', 'ItemMustContainTitleOrDescription', /<title>High.*\n.*<\/description>/, ''],
  ['an item without an id', 'MissingGuid', guid, ''],
  ['content without a description', 'NeedDescriptionBeforeContent', '<description>Short</description>', ''],
  ['a channel without a title', 'MissingTitle', '<title>Rivers</title>', ''],
  ['a channel without a link', 'MissingLink', '<link>https://river.example/</link>', ''],
  ['a channel without a description', 'MissingDescription', '<description>All that flows</description>', ''],
  ['a channel that does not say where it is', 'MissingSelf', 'rel="self"', 'rel="related"'],
  ['a channel that says that it is elsewhere', 'SelfDoesntMatchLocation', rssUrl, 'https://river.example/'],
  ['a language behind an item', 'MisplacedItem', '</channel>', '<language>en</language></channel>'],
  ['an id twice', 'DuplicateValue', /<item>[^]*<\/item>/, '$&$&'],
  ['a version that there is not', 'InvalidRSSVersion', 'version="2.0"', 'version="3.0"'],
  ['a year of two digits', 'InvalidRFC2822Date', 'Mon, 06 May 2024 07:00', 'Mon, 06 May 24 07:00'],
  [
    'a day that is not that day of the week',
    'IncorrectDOW',
    'Mon, 06 May 2024 07:00',
    'Tue, 06 May 2024 07:00',
  ],
  ['a time before there were feeds', 'ImplausibleDate', 'Mon, 06 May 2024 07:00', 'Thu, 01 Jan 1970 00:00'],
  ['a relative link', 'ContainsRelRef', '<p>Long</p>', '<a href="/1">Long</a>'],
  ['a relative image', 'ContainsRelRef', '<p>Long</p>', '<img alt="" src="1.png">'],
  ['no channel', 'MissingElement', /<channel>[^]*<\/channel>/, ''],
];

describe('nothing is said of', () => {
  test('a sound Atom document', () => {
    expect(validatorComplaints(atom, url)).toEqual([]);
  });

  test('a sound RSS document', () => {
    expect(validatorComplaints(rss, rssUrl)).toEqual([]);
  });

  test.each([
    ['a company', 'AT&amp;T and R&amp;D'],
    ['a character of HTML that is meant', 'S&#x26;P500 &#x26;nbsp;'],
    ['a comparison', '3 &lt; 4'],
  ])('a title with %s', (_, sound) => {
    expect(validatorComplaints(atom.replace(title, sound), url)).toEqual([]);
    expect(validatorComplaints(rss.replace(title, sound), rssUrl)).toEqual([]);
  });

  test('an archive between two others', () => {
    const links = ['prev-archive', 'next-archive', 'current'].map(
      (rel) => `<link rel="${rel}" href="https://river.example/feeds/${rel}.atom"/>`,
    );
    const archive = atom.replace('<icon>', `<fh:archive/>${links.join('')}<icon>`);
    expect(validatorComplaints(archive, url)).toEqual([]);
  });
});

describe('in Atom it finds', () => {
  test.each(atomFaults)('%s: %s', (_, rule, good, bad) => {
    const broken = atom.replace(good, bad);
    expect(broken).not.toBe(atom);
    expect(rulesBroken(broken, url)).toContain(rule);
  });
});

describe('in RSS it finds', () => {
  test.each(rssFaults)('%s: %s', (_, rule, good, bad) => {
    const broken = rss.replace(good, bad);
    expect(broken).not.toBe(rss);
    expect(rulesBroken(broken, rssUrl)).toContain(rule);
  });
});

test('every rule is among them', () => {
  const folder = join(import.meta.dirname, '..', 'support', 'feed-validator');
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const named = source.join('').matchAll(/'([A-Z][A-Za-z0-9]{4,})'/g);
  const told = new Set([...named].map(([, rule = '']) => rule));
  expect(told.size).toBeGreaterThan(40);
  expect(
    [...told].filter((rule) => ![...atomFaults, ...rssFaults].some(([, found]) => found === rule)),
  ).toEqual([]);
});
