import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedShare, isMaterial, updatedAfterEdit } from '../../src/identify/edit.ts';
import { titleKey } from '../../src/identify/title-key.ts';
import type { Item } from '../../src/model/feed.ts';

/** A hundred characters, so that a share can be counted. */
const text = Array.from({ length: 100 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('');
const other = (count: number) =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(0x6e00 + index * 5)).join('');

const before: Item = { title: '海港恢复通航', content: `<p>${text}</p>`, published: '2026-01-06T07:00:00Z' };

function material(after: Item, known: Item = before): boolean {
  const key = titleKey(known.title ?? '');
  return isMaterial({ item: known, titleKey: key }, after, titleKey(after.title ?? ''));
}

describe('an edit is material', () => {
  test('when the title says something else', () => {
    expect(material({ ...before, title: '海港推迟通航' })).toBe(true);
  });

  test('when more than a tenth of the text is other text', () => {
    expect(material({ ...before, content: `<p>${text.slice(0, 80)}${other(20)}</p>` })).toBe(true);
  });

  test('when a paragraph is added', () => {
    expect(material({ ...before, content: `<p>${text}</p><p>${other(40)}</p>` })).toBe(true);
  });

  test('when the text goes', () => {
    expect(material({ title: '海港恢复通航' })).toBe(true);
  });
});

describe('an edit is not material', () => {
  test.each<[string, Item]>([
    ['when only the spelling of the title changes', { ...before, title: '「海港」恢復通航！' }],
    ['when a few characters change', { ...before, content: `<p>${text.slice(0, 96)}${other(4)}</p>` }],
    [
      'when only the mark-up changes',
      { ...before, content: `<div><b>${text.slice(0, 50)}</b>${text.slice(50)}</div>` },
    ],
    [
      'when an image is another',
      { ...before, content: `<p>${text}</p><img src="https://cdn.example/2.jpg?t=9">` },
    ],
  ])('%s', (_, after) => {
    expect(material(after)).toBe(false);
  });

  test('when a counter counts', () => {
    const known = { title: '海港恢复通航', content: '<p>阅读 1,024 评论 9</p>' };
    expect(material({ ...known, content: '<p>阅读 20,480 评论 133</p>' }, known)).toBe(false);
  });

  test('when time goes by', () => {
    const known = { title: '海港恢复通航', content: '<p>5分钟前</p>' };
    expect(material({ ...known, content: '<p>3小时前</p>' }, known)).toBe(false);
    const english = { title: 'The harbour opens', content: '<p>posted 5 minutes ago</p>' };
    expect(material({ ...english, content: '<p>posted an hour ago</p>' }, english)).toBe(false);
  });

  test('when a link in the text gets another token', () => {
    const known = {
      title: '海港恢复通航',
      content: '<p>原文：https://a.example/1?token=abcdef0123456789</p>',
    };
    const after = { ...known, content: '<p>原文：https://a.example/1?token=9876543210fedcba</p>' };
    expect(material(after, known)).toBe(false);
  });

  test('when the same title has another key by other rules', () => {
    const item = { ...before, title: '研选｜海港恢复通航' };
    expect(isMaterial({ item, titleKey: '研选海港恢复通航' }, item, '海港恢复通航')).toBe(false);
  });
});

describe('an edited item is updated', () => {
  type Known = Parameters<typeof updatedAfterEdit>[0];
  const firstSeen = new Date('2026-01-06T08:00:00Z');
  const story = {
    item: before,
    titleKey: '海港恢复通航',
    published: new Date('2026-01-06T07:00:00Z'),
  };
  const retitled: Item = { ...before, title: '海港推迟通航' };
  const edited = (known: Known, item: Item, now: Date) =>
    updatedAfterEdit(known, item, titleKey(item.title ?? ''), now);
  const after = (updated: Date, item: Item, now: Date) => edited({ ...story, updated }, item, now).updated;
  const at = (time: string) => new Date(`2026-01-06T${time}:00Z`);

  test('when a material edit was noticed', () => {
    expect(after(at('07:00'), retitled, at('10:30'))).toEqual(at('10:30'));
  });

  test('by its first edit, however soon that comes', () => {
    expect(after(firstSeen, retitled, at('08:10'))).toEqual(at('08:10'));
  });

  test('not again within the hour, and then after it', () => {
    const moved = { ...story, updated: at('10:30'), movedAt: at('10:30') };
    expect(edited(moved, retitled, at('11:29'))).toEqual({
      updated: at('10:30'),
      movedAt: at('10:30'),
      nextUpdated: at('11:29'),
    });
    expect(edited(moved, retitled, at('11:30'))).toEqual({ updated: at('11:30'), movedAt: at('11:30') });
  });

  test('not twice within an hour because its source says an earlier time', () => {
    const first = edited(
      { ...story, updated: firstSeen },
      { ...before, updated: '2026-01-06T10:05:00Z' },
      at('11:00'),
    );
    expect(first).toEqual({ updated: at('10:05'), movedAt: at('11:00') });
    const item = { ...before, updated: '2026-01-06T11:10:00Z' };
    expect(edited({ ...story, ...first }, item, at('11:11'))).toEqual({ ...first, nextUpdated: at('11:10') });
  });

  test('at once where the clock was put back since it moved', () => {
    const moved = { ...story, updated: at('10:00'), movedAt: at('23:00') };
    expect(edited(moved, retitled, at('11:00')).updated).toEqual(at('11:00'));
  });

  test('not by an immaterial edit', () => {
    expect(after(at('07:00'), { ...before, image: 'https://cdn.example/2.jpg' }, at('10:30'))).toEqual(
      at('07:00'),
    );
  });

  test('when its source says so', () => {
    expect(after(at('07:00'), { ...before, updated: '2026-01-06T10:00:00Z' }, at('10:30'))).toEqual(
      at('10:00'),
    );
  });

  test('when its published time moved forward', () => {
    expect(after(at('07:00'), { ...before, published: '2026-01-06T10:00:00Z' }, at('10:30'))).toEqual(
      at('10:00'),
    );
  });

  test('not when its published time moved back', () => {
    expect(after(at('07:00'), { ...before, published: '2026-01-06T05:00:00Z' }, at('10:30'))).toEqual(
      at('07:00'),
    );
  });

  test('never back, whatever its source says', () => {
    expect(after(at('10:00'), { ...before, updated: '2026-01-01T00:00:00Z' }, at('12:00'))).toEqual(
      at('10:00'),
    );
  });

  test('never in the future', () => {
    expect(after(at('07:00'), { ...before, updated: '2036-01-01T00:00:00Z' }, at('10:30'))).toEqual(
      at('10:30'),
    );
  });

  test('not by a published time that lay in the future from the beginning', () => {
    const clamped = {
      item: { ...before, published: '2026-01-06T09:00:00Z' },
      titleKey: '海港恢复通航',
      published: firstSeen,
      updated: firstSeen,
    };
    const item = { ...clamped.item, image: 'https://cdn.example/2.jpg' };
    expect(edited(clamped, item, at('12:00'))).toEqual({ updated: firstSeen });
  });
});

describe('the share of two texts that only one has', () => {
  test('is nothing for equal texts, and all for texts that have nothing in common', () => {
    expect(changedShare(text, text)).toBe(0);
    expect(changedShare('甲乙丙丁', '子丑寅卯')).toBe(1);
  });

  test('is the same both ways, and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const share = changedShare(a, b);
        expect(share).toBe(changedShare(b, a));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});
