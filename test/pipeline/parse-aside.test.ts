import { describe, expect, onTestFinished, test } from 'vitest';
import { createParser } from '../../src/pipeline/parse-aside.ts';

/** A document of one item, padded to about so many bytes. */
function documentOf(title: string, bytes: number): Uint8Array {
  const text = '港口的消息。'.repeat(Math.ceil(bytes / 18));
  return Buffer.from(
    `<rss version="2.0"><channel><title>港口报</title><item><title>${title}</title><description>${text}</description></item></channel></rss>`,
  );
}

const none = { any: [], strong: [], all: [], none: [], sources: [], examples: [], counterexamples: [] };
const topics = [{ ...none, id: 'night', title: '夜', any: ['夜航'] }];
const lister = { source: { id: 'harbour', topics: ['ports'] }, titles: {} };

function parserOfTest() {
  const parser = createParser(topics);
  onTestFinished(parser.close);
  return parser;
}

const small = 1000;
const middling = 50_000;
const large = 400_000;

describe('the parser', () => {
  test.each([small, middling, large])('reads a document of %d bytes', async (bytes) => {
    const { items } = await parserOfTest().parse(documentOf('夜航开通', bytes), {}, lister);
    expect(items.map(({ title }) => title)).toEqual(['夜航开通']);
  });

  test('finds the topics of what the thread beside reads', async () => {
    const { listed } = await parserOfTest().parse(documentOf('夜航开通', large), {}, lister);
    expect(listed.map((entry) => entry.topics)).toEqual([['night', 'ports']]);
  });

  test('gives each caller its own document, however many there are at once', async () => {
    const { parse } = parserOfTest();
    const titles = Array.from({ length: 60 }, (_, number) => `第${number}条消息`);
    const sizes = [small, middling, large];
    const parsed = await Promise.all(
      titles.map((title, at) => parse(documentOf(title, sizes[at % 3] ?? small), {}, lister)),
    );
    expect(parsed.map(({ items }) => items[0]?.title)).toEqual(titles);
  });

  test.each([small, large])(
    'says of a document of %d bytes why it cannot be read, and reads the next',
    async (bytes) => {
      const { parse } = parserOfTest();
      const page = Buffer.from(`<html><body>${'a '.repeat(bytes / 2)}</body></html>`);
      await expect(parse(page, {}, lister)).rejects.toMatchObject({
        name: 'FeedParseError',
        code: 'html-page',
      });
      expect((await parse(documentOf('后来的消息', bytes), {}, lister)).items).toHaveLength(1);
    },
  );

  test('has no one wait who asked when it was closed', async () => {
    const parser = createParser(topics);
    const waiting = [large, large, large].map((bytes) => parser.parse(documentOf('消息', bytes), {}, lister));
    const outcomes = Promise.allSettled(waiting);
    await parser.close();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'stopped' } });
  });
});
