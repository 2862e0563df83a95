/** A piece of XML: an element, or text with its references decoded. */
export type XmlNode = XmlElement | string;

export interface XmlElement {
  /** The canonical name: the namespace's usual prefix and the local name in lower case, `title`, `dc:creator`. */
  readonly name: string;
  /** The name as the document writes it. */
  readonly tag: string;
  /** By canonical name: `href`, `xml:base`, `rdf:about`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | undefined;
  /** Where the start tag begins in the document's text. */
  readonly offset: number;
  /** The child elements by name, made when one is first asked for. */
  index: ReadonlyMap<string, readonly XmlElement[]> | undefined;
}

const none: readonly XmlElement[] = [];

/** The child elements of a name, in document order. */
export function named(element: XmlElement, name: string): readonly XmlElement[] {
  element.index ??= indexOf(element.children);
  return element.index.get(name) ?? none;
}

/** The first child element of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return named(element, name)[0];
}

/** The child elements of any of the names, in document order. */
export function childrenOf(element: XmlElement, names: readonly string[]): readonly XmlElement[] {
  const present = names.filter((name) => named(element, name).length > 0);
  const [only] = present;
  if (only === undefined) return none;
  if (present.length === 1) return named(element, only);
  return element.children.filter(
    (node): node is XmlElement => typeof node !== 'string' && present.includes(node.name),
  );
}

/** An attribute without the white space around it; undefined for none and for an empty one. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  const value = attributes.get(name)?.trim();
  return value === '' ? undefined : value;
}

/** All text in an element, that of the elements in it included. */
export function textOf({ children }: XmlElement): string {
  const [only] = children;
  if (only === undefined) return '';
  if (children.length === 1 && typeof only === 'string') return only;
  let text = '';
  // Recursion is bounded by the reader's depth limit.
  for (const node of children) text += typeof node === 'string' ? node : textOf(node);
  return text;
}

function indexOf(children: readonly XmlNode[]): ReadonlyMap<string, readonly XmlElement[]> {
  const index = new Map<string, XmlElement[]>();
  for (const node of children) {
    if (typeof node === 'string') continue;
    const same = index.get(node.name);
    if (same === undefined) index.set(node.name, [node]);
    else same.push(node);
  }
  return index;
}
