import type { Item } from '../../src/model/feed.ts';

/**
 * An invented item: the same number gives the same story, which has its own title, link and text. `changes`
 * say what is different; a key that is set to undefined is left out.
 */
export function report(
  number: number,
  changes: { readonly [Key in keyof Item]?: Item[Key] | undefined } = {},
): Item {
  const item = {
    id: `report-${number}`,
    title: `海港第${number}号泊位今晨恢复通航，首批货轮依次离港`,
    url: `https://harbour.example/reports/${number}`,
    content: `<p>引航站说，第${number}号泊位的清淤工程比计划早两天完成，夜里又试航了三次，没有发现问题。</p>`,
    published: '2026-01-06T07:00:00Z',
    ...changes,
  };
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

/** As many reports as asked for, numbered from `first`. */
export function reports(count: number, first = 1): readonly Item[] {
  return Array.from({ length: count }, (_, index) => report(first + index));
}
