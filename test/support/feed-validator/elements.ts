import { XMLParser } from 'fast-xml-parser';

/** An element as the rules see it: named by the prefix that its namespace usually has, texts decoded. */
export interface Element {
  /** `entry`, `atom:link`, `content:encoded`; `?:report` in a namespace that nobody registered. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** Its own text, white space at the ends included. */
  readonly text: string;
  /** Its own text and its attributes as they were written, with their references. */
  readonly written: string;
}

const known: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/Atom': 'atom',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/syndication/history/1.0': 'fh',
  'http://www.w3.org/1999/xhtml': 'xhtml',
};

/** A node as fast-xml-parser gives it, in the order of the document. */
type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // The rules ask how a character was written.
  processEntities: false,
  cdataPropName: '#cdata',
});

/** The root of a document. */
export function readDocument(document: string): Element {
  const nodes = parser.parse(document) as readonly Node[];
  const root = nodes.find((node) => !nameOf(node).startsWith('?') && nameOf(node) !== '#text');
  if (!root) throw new Error('a document without an element');
  return elementOf(root, new Map());
}

/** The namespaces that a document declares. */
export function namespacesOf(root: Element): readonly string[] {
  return [...root.attributes].filter(([name]) => name.startsWith('xmlns')).map(([, uri]) => uri);
}

export const childrenOf = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name);

function elementOf(node: Node, around: ReadonlyMap<string, string>): Element {
  const name = nameOf(node);
  const namespaces = new Map([...around, ...declaredBy(node)]);
  const inside = node[name] as readonly Node[];
  const given = Object.entries(attributesOf(node));
  const texts = inside.flatMap((child): readonly { text: string; written: string }[] => {
    const written = child['#text'];
    if (typeof written === 'string') return [{ text: decode(written), written }];
    const section = child['#cdata'] as readonly Node[] | undefined;
    return (section ?? []).map((part) => ({ text: String(part['#text']), written: '' }));
  });
  return {
    name: named(name, namespaces),
    attributes: new Map(given.map(([key, value]) => [key, decode(value)])),
    children: inside
      .filter((child) => !nameOf(child).startsWith('#'))
      .map((child) => elementOf(child, namespaces)),
    text: texts.map(({ text }) => text).join(''),
    written: [...given.map(([, value]) => value), ...texts.map(({ written }) => written)].join(' '),
  };
}

function declaredBy(node: Node): readonly (readonly [prefix: string, uri: string])[] {
  return Object.entries(attributesOf(node)).flatMap(([name, uri]) => {
    const [declaration, prefix = ''] = /^xmlns(?::(.+))?$/.exec(name) ?? [];
    return declaration === undefined ? [] : [[prefix, uri] as const];
  });
}

function named(name: string, namespaces: ReadonlyMap<string, string>): string {
  const [first = '', second] = name.split(':');
  const prefix = second === undefined ? '' : first;
  const local = second ?? first;
  const uri = namespaces.get(prefix);
  if (uri === undefined) return name;
  const usual = known[uri] ?? '?';
  // Atom's own elements have no prefix in an Atom document.
  return usual === 'atom' && prefix === '' ? local : `${usual}:${local}`;
}

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? '';

const attributesOf = (node: Node) => (node[':@'] ?? {}) as Readonly<Record<string, string>>;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name = '') =>
      hex !== undefined || decimal !== undefined
        ? String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16))
        : (entities[name as string] ?? whole),
  );
}
