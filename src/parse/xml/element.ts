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
}

/** The first child element of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  for (const node of element.children) if (typeof node !== 'string' && node.name === name) return node;
  return undefined;
}

/** All child elements of one of the names, in document order. */
export function childrenOf(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  const found: XmlElement[] = [];
  for (const node of element.children) {
    if (typeof node !== 'string' && names.includes(node.name)) found.push(node);
  }
  return found;
}

/** An attribute without the white space around it; undefined for none and for an empty one. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  const value = attributes.get(name)?.trim();
  return value === '' ? undefined : value;
}

/** All text in an element, that of the elements in it included. */
export function textOf(element: XmlElement): string {
  const { children } = element;
  if (children.length === 0) return '';
  const only = children[0];
  if (children.length === 1 && typeof only === 'string') return only;
  let text = '';
  // Recursion is bounded by the reader's depth limit.
  for (const node of children) text += typeof node === 'string' ? node : textOf(node);
  return text;
}
