import { describe, expect, test } from 'vitest';
import { report } from '../support/news.ts';
import { newsroom } from '../support/newsroom.ts';

const retitled = { title: '海港第1号泊位推迟到明天恢复通航，货轮改泊外锚地' };

describe('an edit', () => {
  test('changes what the item says, and none of what was decided when it was first seen', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1)]);
    const before = await room.item('harbour', 'report-1');
    room.clock.pass(90);
    const moved = report(1, { ...retitled, published: '2026-01-06T09:00:00Z' });
    await room.poll('harbour', [report(2), moved]);

    const after = await room.item('harbour', 'report-1');
    expect(after.item).toEqual(moved);
    expect(after.titleHash).not.toBe(before.titleHash);
    const { entryId, apiId, firstSeen, published, sort, arrived, story, matched } = before;
    expect(after).toMatchObject({ entryId, apiId, firstSeen, published, sort, arrived, story, matched });
  });

  test('that is material moves `updated` of the item and of its story to when it was noticed', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1)]);
    room.clock.pass(90);
    await room.poll('harbour', [report(1, retitled)]);
    const noticed = new Date('2026-01-06T09:30:00Z');
    expect((await room.item('harbour', 'report-1')).updated).toEqual(noticed);
    expect((await room.story()).updated).toEqual(noticed);
  });

  test('that is not is published without a word', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1, { image: 'https://cdn.example/1.jpg' })]);
    const { updated, revision } = await room.item('harbour', 'report-1');
    room.clock.pass(90);
    await room.poll('harbour', [report(1, { image: 'https://cdn.example/1.jpg?t=2' })]);
    const after = await room.item('harbour', 'report-1');
    expect(after.updated).toEqual(updated);
    expect(after.item.image).toBe('https://cdn.example/1.jpg?t=2');
    expect(after.revision).toBeGreaterThan(revision);
  });

  test('moves `updated` at most once an hour', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1)]);
    const seen: string[] = [];
    for (let round = 1; round <= 6; round++) {
      room.clock.pass(20);
      await room.poll('harbour', [report(1, { title: `海港通航公告的第${round}个版本今日发布` })]);
      seen.push((await room.item('harbour', 'report-1')).updated.toISOString().slice(11, 16));
    }
    expect(seen).toEqual(['08:20', '08:20', '08:20', '09:20', '09:20', '09:20']);
  });

  test('that comes within the hour counts when the hour is over, though its document stays as it is', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1)]);
    const edit = async (minutes: number, changes: Parameters<typeof report>[1]) => {
      room.clock.pass(minutes);
      await room.poll('harbour', [report(1, changes)]);
      return (await room.story()).updated.toISOString().slice(11, 16);
    };
    expect(await edit(5, retitled)).toBe('08:05');
    const again = { title: '海港第1号泊位全部开放，货轮依次进港卸货完毕' };
    expect(await edit(20, again)).toBe('08:05');
    expect(await edit(30, again)).toBe('08:05');
    const { revision } = await room.story();
    expect(await edit(10, again)).toBe('08:25');
    expect((await room.story()).revision).toBeGreaterThan(revision);
    expect((await room.item('harbour', 'report-1')).updated).toEqual(new Date('2026-01-06T08:25:00Z'));
  });

  test('never splits a story', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1)]);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' })]);
    room.clock.pass(90);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1', ...retitled })]);
    expect((await room.story()).reports).toHaveLength(2);
  });

  test('never merges stories', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1)]);
    await room.poll('city', [report(2, { id: 'c', url: 'https://city.example/2' })]);
    room.clock.pass(90);
    const { title } = report(1);
    await room.poll('city', [report(2, { id: 'c', url: 'https://city.example/2', title })]);
    expect(await room.stories()).toHaveLength(2);
  });

  test('of a further report does not move the story’s `updated`, for readers would notify again', async () => {
    await using room = await newsroom({ harbour: {}, city: {} });
    await room.poll('harbour', [report(1)]);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1' })]);
    const { updated } = await room.story();
    room.clock.pass(90);
    await room.poll('city', [report(1, { id: 'c', url: 'https://city.example/1', ...retitled })]);
    expect((await room.item('city', 'c')).updated).toEqual(new Date('2026-01-06T09:30:00Z'));
    expect((await room.story()).updated).toEqual(updated);
  });

  test('is noticed again when it is taken back', async () => {
    await using room = await newsroom({ harbour: {} });
    await room.poll('harbour', [report(1)]);
    room.clock.pass(90);
    await room.poll('harbour', [report(1, retitled)]);
    room.clock.pass(90);
    await room.poll('harbour', [report(1)]);
    const item = await room.item('harbour', 'report-1');
    expect(item.item).toEqual(report(1));
    expect(item.updated).toEqual(new Date('2026-01-06T11:00:00Z'));
  });

  test('of the words changes the topics', async () => {
    const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
    const topics = [
      { ...none, id: 'ports', title: '港口', any: ['泊位'] },
      { ...none, id: 'energy', title: '能源', any: ['电池'] },
    ];
    await using room = await newsroom({ harbour: {} }, { topics });
    await room.poll('harbour', [report(1)]);
    expect((await room.story()).topics).toEqual(['ports']);
    room.clock.pass(90);
    await room.poll('harbour', [report(1, { title: '电池工厂今晨开始试生产' })]);
    expect((await room.story()).topics).toEqual(['energy']);
    expect((await room.item('harbour', 'report-1')).topics).toEqual(['energy']);
  });
});
