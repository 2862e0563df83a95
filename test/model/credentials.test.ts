import { describe, expect, test } from 'vitest';
import { publicUrl, urlHoldsCredentials } from '../../src/model/credentials.ts';

describe('a URL that lets its bearer in', () => {
  test.each([
    'https://a.example/feed?token=SECRET',
    'https://a.example/feed?page=1&access_token=SECRET',
    'https://a.example/feed?apiKey=SECRET',
    'https://a.example/feed?api_key=SECRET',
    'https://a.example/feed?key=SECRET',
    'https://a.example/feed?auth=SECRET',
    'https://a.example/feed?password=SECRET',
    'https://a.example/feed?X-Amz-Signature=SECRET',
    'https://a.example/feed?sig=SECRET',
    'https://SECRET:x@a.example/feed',
    'https://SECRET@a.example/feed',
  ])('%s', (url) => {
    expect(urlHoldsCredentials(url)).toBe(true);
    expect(publicUrl(url)).toBe('https://a.example/feed?…');
  });
});

describe('a URL that anybody may read', () => {
  test.each([
    'https://a.example/feed',
    'https://a.example/feed?keyword=ports&author=li',
    'https://a.example/token/feed?x=1',
    'https://a.example/feed?monkey=1&design=2',
    'https://a.example/feed?q=token',
  ])('%s', (url) => {
    expect(urlHoldsCredentials(url)).toBe(false);
    expect(publicUrl(url)).toBe(url);
  });
});
