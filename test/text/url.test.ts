import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, resolveUrl } from '../../src/text/url.ts';

const base = 'https://news.example/2026/01/story.html?page=1#top';

describe('resolveUrl', () => {
  test.each([
    ['http://news.example/a', 'http://news.example/a'],
    ['HTTP://News.Example:80', 'HTTP://News.Example:80'],
    ['  https://news.example/a\n', 'https://news.example/a'],
    ['https://news.exa\nmple/a\tb', 'https://news.example/ab'],
    ['\u3000https://news.example/a\u00a0', 'https://news.example/a'],
    ['https://例え.example/道?q=検索#節', 'https://例え.example/道?q=検索#節'],
    ['https://news.example/a b', 'https://news.example/a%20b'],
    ['https://news.example/a\u3000b', 'https://news.example/a%E3%80%80b'],
    ['https://news.example/<"{|}^`>', 'https://news.example/%3C%22%7B%7C%7D%5E%60%3E'],
    ['https://news.example/?q=a\\b', 'https://news.example/?q=a%5Cb'],
    ['https://news.example/100%', 'https://news.example/100%25'],
    ['https://news.example/%e4%BD%A0?x=%zz', 'https://news.example/%e4%BD%A0?x=%25zz'],
    ['https://news.example/#one#two', 'https://news.example/#one%23two'],
    ['https://news.example/\ud800', 'https://news.example/\ufffd'],
    ['https://news.example/\u0007bell', 'https://news.example/%07bell'],
    ["https://news.example/it's(1)!*;,[2]=@", "https://news.example/it's(1)!*;,[2]=@"],
  ])('keeps the spelling of an absolute URL: %j', (reference, resolved) => {
    expect(resolveUrl(reference)).toBe(resolved);
    expect(resolveUrl(reference, base)).toBe(resolved);
  });

  test.each([
    ['other.html', 'https://news.example/2026/01/other.html'],
    ['../02/', 'https://news.example/2026/02/'],
    ['/a b', 'https://news.example/a%20b'],
    ['//cdn.example/a.png', 'https://cdn.example/a.png'],
    ['?page=2', 'https://news.example/2026/01/story.html?page=2'],
    ['?page={2|3}', 'https://news.example/2026/01/story.html?page=%7B2%7C3%7D'],
    ['#end', 'https://news.example/2026/01/story.html?page=1#end'],
    ['https:other.html', 'https://news.example/2026/01/other.html'],
    ['道.html', 'https://news.example/2026/01/%E9%81%93.html'],
  ])('resolves %j against the base, and is undefined without one', (reference, resolved) => {
    expect(resolveUrl(reference, base)).toBe(resolved);
    expect(resolveUrl(reference)).toSatisfy((alone) => alone === undefined || reference.startsWith('https:'));
  });

  test.each([
    ['http:////news.example/a', 'http://news.example/a'],
    ['http:\\\\news.example\\a', 'http://news.example/a'],
    // A browser goes to news.example here; escaping the backslash would send readers to evil.example.
    ['http://news.example\\@evil.example/', 'http://news.example/@evil.example/'],
  ])('reads slashes as browsers do: %j', (reference, resolved) => {
    expect(resolveUrl(reference)).toBe(resolved);
  });

  test.each([
    'mailto:desk@news.example?subject=Hi',
    'magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a',
    'tag:news.example,2026:1',
    'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    'ed2k://|file|name.iso|1024|0123456789abcdef|/',
  ])('returns %s as it is', (url) => {
    expect(resolveUrl(url)).toBe(url);
    expect(resolveUrl(url, base)).toBe(url);
  });

  test.each([
    '',
    '   ',
    'http://',
    'http://news.example:99999/',
    'http://[::1/',
    'https://exa mple.example/',
    'javascript:alert(1)',
    ' JaVa\tScript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u2028javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'blob:https://news.example/1',
    'file:///etc/passwd',
    `https://news.example/${'a'.repeat(2048)}`,
    `https://news.example/${'字 '.repeat(512)}`,
  ])('has no link for %j', (reference) => {
    expect(resolveUrl(reference, base)).toBeUndefined();
  });

  test('has no link where the base is none: a path, nonsense, a file', () => {
    expect(resolveUrl('a.html', '/2026/')).toBeUndefined();
    expect(resolveUrl('a.html', 'not a base')).toBeUndefined();
    expect(resolveUrl('a.html', 'mailto:desk@news.example')).toBeUndefined();
    expect(resolveUrl('a.html', 'file:///srv/feeds/a.xml')).toBeUndefined();
  });

  test('takes URLs of 2,048 characters', () => {
    const longest = 'https://news.example/'.padEnd(2048, 'a');
    expect(resolveUrl(longest)).toBe(longest);
    expect(resolveUrl(`${longest}a`)).toBeUndefined();
  });

  test('never throws; what it gives is absolute, holds no space or bracket, and resolves to itself', () => {
    const piece = fc.constantFrom(
      'http',
      's',
      ':',
      '/',
      '//',
      '\\',
      '?',
      '#',
      '%',
      '%41',
      '@',
      ' ',
      '\n',
      'é',
      '[',
      'a.b',
    );
    const reference = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(reference, fc.option(reference, { nil: undefined }), (text, from) => {
        const url = resolveUrl(text, from);
        if (url === undefined) return;
        expect(URL.canParse(url) || !/^https?:/i.test(url)).toBe(true);
        expect(url).not.toMatch(/[\s\p{Cc}]/u);
        expect(url.isWellFormed()).toBe(true);
        expect(resolveUrl(url)).toBe(url);
        if (/^https?:/i.test(url)) expect(url).not.toMatch(/[<>"\\^`{|}]|%(?![0-9a-f]{2})|#.*#/i);
      }),
      { numRuns: 2000 },
    );
  });

  test('an absolute URL that is spelled well means the same host and path after it', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(new URL(resolveUrl(url) ?? '').href).toBe(new URL(url).href);
      }),
    );
  });
});

describe('canonicalUrl', () => {
  test.each([
    ['http and https', 'http://news.example/a', 'https://news.example/a'],
    ['the case of the host', 'https://NEWS.example/a', 'https://news.example/a'],
    ['the default port', 'http://news.example:80/a', 'https://news.example:443/a'],
    ['the port of the other scheme', 'http://news.example:443/a', 'https://news.example:80/a'],
    ['a trailing slash', 'https://news.example/a/', 'https://news.example/a'],
    ['the slash of the root', 'https://news.example', 'https://news.example/'],
    [
      'utm parameters',
      'https://news.example/a?utm_source=feed&utm_medium=rss&id=7',
      'https://news.example/a?id=7',
    ],
    ['utm parameters in capitals', 'https://news.example/a?UTM_Source=x', 'https://news.example/a'],
    ['f=rss', 'https://36kr.example/p/1234?f=rss', 'https://36kr.example/p/1234'],
    ['from=rss', 'https://news.example/a?from=rss', 'https://news.example/a'],
    ['ref=rss_home', 'https://news.example/a?ref=rss_home', 'https://news.example/a'],
    [
      'click identifiers',
      'https://news.example/a?fbclid=1&gclid=2&spm=a.b.c&msclkid=3',
      'https://news.example/a',
    ],
    ['an empty query', 'https://news.example/a?', 'https://news.example/a'],
    ['empty parameters', 'https://news.example/?a=1&&b=2&', 'https://news.example/?a=1&b=2'],
    ['an empty fragment', 'https://news.example/a#', 'https://news.example/a'],
    ['a tracking fragment', 'https://news.example/a#rss', 'https://news.example/a'],
    ['a tracking fragment, escaped', 'https://news.example/a#%72ss', 'https://news.example/a'],
    ['utm in the fragment', 'https://news.example/a#utm_source=feed', 'https://news.example/a'],
    ['a text directive', 'https://news.example/a#part-2:~:text=words', 'https://news.example/a#part-2'],
    ['escapes of letters', 'https://news.example/%7Edesk/%61', 'https://news.example/~desk/a'],
    ['the case of escapes', 'https://news.example/%e4%bd%a0', 'https://news.example/%E4%BD%A0'],
    ['IRI and URI', 'https://news.example/你', 'https://news.example/%E4%BD%A0'],
    ['space around it', ' https://news.example/a\n', 'https://news.example/a'],
  ])('%s makes no difference', (_what, one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other));
  });

  test.each([
    ['hosts', 'https://news.example/a', 'https://www.news.example/a'],
    ['ports', 'https://news.example:8443/a', 'https://news.example/a'],
    ['the case of the path', 'https://news.example/A', 'https://news.example/a'],
    ['parameters', 'https://news.example/?p=1', 'https://news.example/?p=2'],
    ['the order of parameters', 'https://news.example/?a=1&b=2', 'https://news.example/?b=2&a=1'],
    [
      'values that only look like tracking',
      'https://news.example/?from=beijing',
      'https://news.example/?from=shanghai',
    ],
    ['a reference that selects', 'https://code.example/a?ref=main', 'https://code.example/a?ref=next'],
    ['parameters that ask for a format', 'https://news.example/?format=rss', 'https://news.example/'],
    ['item anchors', 'https://news.example/day#item-1', 'https://news.example/day#item-2'],
    ['routes', 'https://app.example/#/a', 'https://app.example/#/b'],
    ['escaped delimiters', 'https://news.example/a%2Fb', 'https://news.example/a/b'],
  ])('%s tell items apart', (_what, one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
  });

  test('what is no http URL comes back trimmed', () => {
    expect(canonicalUrl(' tag:news.example,2026:1 ')).toBe('tag:news.example,2026:1');
    expect(canonicalUrl('http://')).toBe('http://');
    expect(canonicalUrl('A sentence.')).toBe('A sentence.');
    expect(canonicalUrl('')).toBe('');
  });

  test('names of object properties are parameters like any other', () => {
    expect(canonicalUrl('https://news.example/?__proto__=1&constructor=2')).toBe(
      'https://news.example?__proto__=1&constructor=2',
    );
  });

  test('never throws, and a canonical URL is its own canonical URL', () => {
    const piece = fc.constantFrom(
      '?',
      '&',
      '=',
      '#',
      'utm_x',
      'rss',
      'ref',
      '%7e',
      '%2f',
      '%',
      '/',
      '.',
      '..',
      ':~:',
      'é',
    );
    const odd = fc.array(piece).map((pieces) => `http://news.example/${pieces.join('')}`);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), odd, fc.webUrl({ withQueryParameters: true })),
        (url) => {
          const canonical = canonicalUrl(url);
          expect(canonicalUrl(canonical)).toBe(canonical);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
