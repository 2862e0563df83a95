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
const parts = 'caption col colgroup dd dt li rb rp rt rtc tbody td tfoot th thead tr';
const voids = 'area br col hr img source track wbr';

/** Which open elements a start tag ends (HTML section "optional tags"). */
const endings: readonly (readonly [tags: string, ends: string])[] = [
  [block, 'p'],
  [headings, `p ${headings}`],
  ['a', 'a'],
  ['li', 'li p'],
  ['dd dt', 'dd dt p'],
  ['rb rt rp rtc', 'rb rt rp'],
  ['td th', 'td th p'],
  ['tr', 'tr td th p caption colgroup'],
  ['thead tbody tfoot', 'thead tbody tfoot tr td th p caption colgroup'],
];

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
    },
  ]),
);
