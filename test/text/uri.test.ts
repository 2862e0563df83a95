import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isName, uriOf } from '../../src/text/url.ts';

describe('an IRI as the URI it stands for (RFC 3987, 3.1)', () => {
  test.each([
    ['https://a.example/1?a=1&b=2#c', 'https://a.example/1?a=1&b=2#c'],
    ['https://a.example/渡輪', 'https://a.example/%E6%B8%A1%E8%BC%AA'],
    ['https://a.example/?q=渡#輪', 'https://a.example/?q=%E6%B8%A1#%E8%BC%AA'],
    ['https://港口.example/', 'https://xn--6orv52d.example/'],
    ['https://港口.example:8080', 'https://xn--6orv52d.example:8080'],
    ['https://a.example/?a[]=1|2', 'https://a.example/?a%5B%5D=1%7C2'],
    ['https://[::1]:8080/[x]', 'https://[::1]:8080/%5Bx%5D'],
    ['https://[::1%20mailto:desk@a.example/', 'https://%5B::1%20mailto:desk@a.example/'],
    ['https://a.example/%e6%zz', 'https://a.example/%e6%zz'],
    ['mailto:渡@a.example', 'mailto:%E6%B8%A1@a.example'],
    ['https://a.example/\uD800', 'https://a.example/%EF%BF%BD'],
  ])('%s is %s', (iri, uri) => {
    expect(uriOf(iri)).toBe(uri);
  });

  test('is the same place to a browser', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const iri = `${url}渡輪`;
        expect(new URL(uriOf(iri)).href).toBe(new URL(iri).href);
      }),
    );
  });
});

test('a name is a web address, a URN or a tag whose parts are as they have to be', () => {
  const names = [
    'https://a.example/topics',
    'urn:tributary:topics',
    'urn:uuid:6b1f4d0a-5d5c-4d53-9f2c-2d6a7c1a0b11',
    'tag:a.example,2026:topics/1',
    'tag:desk@a.example,2026-01-05:1',
  ];
  const others = [
    'http:///topics',
    'topics',
    'urn:x:1',
    'urn:uuid:6b1f4d0a',
    'tag:a.example:1',
    'mailto:desk@a.example',
    'javascript:alert(1)',
  ];
  expect([...names, ...others].filter(isName)).toEqual(names);
});
