import { attributesOf, globalAttributes, type AttributeRule } from './attribute-rules.ts';

/** How the sanitizer treats a tag that it lets through. */
export interface AllowedTag {
  readonly name: string;
  /** As it is written without attributes of the source. */
  readonly startTag: string;
  readonly endTag: string;
  /** It has no content and no end tag. */
  readonly isVoid: boolean;
  /** The global ones included. */
  readonly attributes: ReadonlyMap<string, AttributeRule>;
  /** Of these attributes it needs at least one: without, a void tag goes and another is unwrapped. */
  readonly needs: readonly string[];
  /** Written into every start tag, whatever the source says of these attributes. */
  readonly always: string;
  /** Open elements that end where this one begins: `<li>one<li>two`. */
  readonly ends: ReadonlySet<string>;
  /** Further elements that end with those: a list's item begins anew from within a `<div>` of the one before. */
  readonly endsThrough: ReadonlySet<string>;
  /** It stands within a line of text, and ends with what it stands in. */
  readonly isInline: boolean;
  /** The only elements that it may be a child of, if there are such. */
  readonly parents?: ReadonlySet<string>;
}

/** Elements open at once; deeper ones are unwrapped. */
export const maxDepth = 256;

const inline =
  'a abbr acronym audio b bdi bdo big cite code del dfn em font i img ins kbd map mark picture q ruby s samp small ' +
  'span strike strong sub sup time tt u var video';
const block =
  'address article aside blockquote center details div dl figcaption figure footer header hr main nav ol p pre ' +
  'section summary table ul';
const headings = 'h1 h2 h3 h4 h5 h6';
const rubyParts = 'rb rp rt rtc';
const parts = `caption col colgroup dd dt li ${rubyParts} tbody td tfoot th thead tr`;
const voids = 'area br col hr img source track wbr';

/** Which open elements a start tag ends (HTML section "optional tags"). */
const endings: readonly (readonly [tags: string, ends: string])[] = [
  [block, 'p'],
  [headings, `p ${headings}`],
  ['a', 'a'],
  ['li', 'li p'],
  ['dd dt', 'dd dt p'],
  [rubyParts, 'rb rt rp'],
  ['td th', 'td th p'],
  ['tr', 'tr td th p caption colgroup'],
  ['thead tbody tfoot', 'thead tbody tfoot tr td th p caption colgroup'],
];

/** What a table and its parts lead to a cell by, which alone holds anything else. */
export const towardsCell: ReadonlyMap<string, string> = new Map([
  ['table', 'tr'],
  ['thead', 'tr'],
  ['tbody', 'tr'],
  ['tfoot', 'tr'],
  ['tr', 'td'],
]);

/** What a part of a table is a part of; in any other place a browser takes it for nothing. */
const parents: Readonly<Record<string, string>> = {
  caption: 'table',
  col: 'colgroup table',
  colgroup: 'table',
  tbody: 'table',
  td: 'tr',
  tfoot: 'table',
  th: 'tr',
  thead: 'table',
  tr: 'tbody tfoot thead table',
};

const needs: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  area: ['href'],
  img: ['src'],
  source: ['src', 'srcset'],
  track: ['src'],
};

/** A link tells its target nothing of the reader, an image neither; media that may not start alone need a button. */
const always: Readonly<Record<string, string>> = {
  a: ' rel="noopener noreferrer"',
  area: ' rel="noopener noreferrer"',
  audio: ' controls=""',
  img: ' referrerpolicy="no-referrer"',
  video: ' controls=""',
};

const list = (names: string): readonly string[] => names.split(' ');

/** The tags that are published, by name; every other one is unwrapped. */
export const allowedTags: ReadonlyMap<string, AllowedTag> = new Map(
  list(`${inline} ${block} ${headings} ${parts} ${voids}`).map((name) => [
    name,
    {
      name,
      startTag: `<${name}${always[name] ?? ''}>`,
      endTag: `</${name}>`,
      isVoid: list(voids).includes(name),
      attributes: new Map(Object.entries({ ...globalAttributes, ...attributesOf[name] })),
      needs: needs[name] ?? [],
      always: always[name] ?? '',
      ends: new Set(endings.flatMap(([tags, ends]) => (list(tags).includes(name) ? list(ends) : []))),
      endsThrough: new Set(list('li dd dt').includes(name) ? list('address div') : []),
      isInline: list(`${inline} ${rubyParts}`).includes(name),
      ...(parents[name] !== undefined && { parents: new Set(list(parents[name])) }),
    },
  ]),
);
