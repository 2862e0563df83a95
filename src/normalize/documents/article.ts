import type { Person } from '../../model/feed.ts';
import { bylinesOf, distinctPeople } from './bylines.ts';
import { digestParts, headlineOf, type DigestPart } from './digest-parts.ts';
import { markdownText } from './markdown-inline.ts';
import { parseRepost } from './repost.ts';

/** The blocks of a Markdown article by what they are. */
export interface Article {
  readonly people: readonly Person[] | undefined;
  /** All blocks but the bylines whose people say all that they say. */
  readonly content: readonly string[];
  /** The first block that is no byline, heading, image or, in a digest, headline. */
  readonly lead: string | undefined;
  /** Of a digest; none in any other article. */
  readonly parts: readonly DigestPart[];
  /** The publication it was reposted from. */
  readonly origin: string | undefined;
}

export function readArticle(blocks: readonly string[]): Article {
  const bylines = bylinesOf(blocks, markdownText, isImage);
  const reposts = blocks.map((block) =>
    block.startsWith('本文') ? parseRepost(markdownText(block)) : undefined,
  );
  const content = blocks.filter((_, index) => bylines.get(index)?.complete !== true);
  const parts = digestParts(content);
  return {
    people: distinctPeople([
      ...[...bylines.values()].flatMap(({ people }) => people),
      ...reposts.flatMap((repost) => repost?.people ?? []),
    ]),
    content,
    lead: blocks.find(
      (block, index) =>
        !bylines.has(index) &&
        reposts[index] === undefined &&
        !isHeading(block) &&
        !isImage(block) &&
        !(parts.length > 0 && headlineOf(block) !== undefined),
    ),
    parts,
    origin: reposts.find((repost) => repost !== undefined)?.source,
  };
}

function isHeading(block: string): boolean {
  return /^#{1,6}[ \t]/.test(block);
}

/** One image or several, and nothing else. */
function isImage(block: string): boolean {
  return block.split('\n').every((line) => /^!\[[^\]]*\]\(\S+\)$/.test(line.trim()));
}
