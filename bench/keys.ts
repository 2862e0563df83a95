/** What a title key costs beyond the least that can be done: width, script, and a hash. */
import { createHash } from 'node:crypto';
import { Converter } from 'opencc-js/t2cn';
import { titleHash } from '../src/identify/title-key.ts';
import { alternate, rateOf } from './alternate.ts';
import { headline } from './news.ts';
import type { Result } from './result.ts';
import { createWriter } from './seeded.ts';

export async function bench(): Promise<readonly Result[]> {
  const writer = createWriter(11);
  const titles = Array.from({ length: 2_000 }, () => headline(writer));
  const convert = Converter({ from: 't', to: 'cn' }) as (text: string) => string;
  const bare = (title: string) =>
    createHash('sha256')
      .update(convert(title.normalize('NFKC')))
      .digest('hex');
  const rate = (work: (title: string) => unknown) => () => titles.length * rateOf(() => titles.forEach(work));
  return [
    {
      what: 'title keys and their hashes',
      against: 'NFKC, opencc-js and SHA-256 alone',
      unit: 'titles/s',
      ...(await alternate(
        rate((title) => titleHash(title)),
        rate(bare),
        9,
      )),
    },
  ];
}
