import type { Person } from '../../model/feed.ts';
import { splitNames } from './byline.ts';

/** 本文来自微信公众号“小满观察”，作者：王明，编辑：李红，经授权发布。 */
const origin = /^本文(?:来自|转自|转载自|首发于)(?:微信)?(?:公众号)?[：:\s]?[“「"]([^“”「」"]{1,40})[”」"]/;
const credit = /(作者|撰文|编辑|责编|整理)[：:]\s?([^，,。；;：:]{1,40})/g;

export interface Repost {
  /** The publication it was taken from. */
  readonly source: string;
  readonly people: readonly Person[];
}

/** What the line of a reposted text says, from its plain text; undefined for any other line. */
export function parseRepost(text: string): Repost | undefined {
  const source = origin.exec(text)?.[1]?.trim();
  if (!source) return undefined;
  const people = [...text.matchAll(credit)].flatMap(([, role = '', names = '']) =>
    (splitNames(names) ?? []).map((name) => ({ name, role })),
  );
  return { source, people };
}
