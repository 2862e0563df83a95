import type { XmlElement, XmlNode } from './element.ts';
import { endsAt, isField, isItem } from './recovery.ts';
import { rootScope, type Scope } from './scope.ts';
import { noAttributes, type TagRest } from './start-tag.ts';

/** Reports something that is not as XML demands, and what was made of it. */
export type Report = (code: string, message: string, offset: number) => void;

/** Elements in the making: tags and text go in as they are read, in whatever order a broken document has them. */
export interface Tree {
  /** The innermost open element; undefined outside of any. */
  current(): XmlElement | undefined;
  /** @param rest undefined for a tag that is nothing but its name */
  startTag(tag: string, rest: TagRest | undefined, offset: number): void;
  endTag(tag: string, offset: number): void;
  text(text: string): void;
  /** Whether the feed is complete, so that the rest need not be read. */
  isDone(): boolean;
  /** The feed, or the first element if there is none. */
  root(): XmlElement | undefined;
  first(): XmlElement | undefined;
  hasFeed(): boolean;
}

/** Deeper elements are read over; their text stays. */
const maxDepth = 256;

/** What 10 MB of feed never hold; the rest of the document is left unread. */
const maxElements = 300_000;

/** Roots that mean a feed wherever they stand; the others of the table have many meanings. */
const unmistakableRoots = new Set(['rss', 'rdf', 'feed']);

/** The roots of feeds by local name, and what their elements without a namespace belong to. */
const feedRoots: ReadonlyMap<string, string> = new Map([
  ['rss', ''],
  ['rdf', ''],
  ['channel', ''],
  ['feed', 'atom'],
  ['entry', 'atom'],
]);

/** Elements that hold elements only: the white space between them is none of their content. */
const containers = new Set(['rss', 'rdf:rdf', 'channel', 'item', 'atom:feed', 'atom:entry', 'media:group']);

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
  readonly parent: OpenElement | undefined;
  readonly scope: Scope;
}

const noScope = rootScope('');

/** @param hasItems whether an item starts anywhere after a position: a root that ends before it has not ended */
export function createTree(report: Report, hasItems: (from: number) => boolean): Tree {
  const openCounts = new Map<string, number>();
  let first: XmlElement | undefined;
  let feed: XmlElement | undefined;
  let current: OpenElement | undefined;
  let depth = 0;
  let elements = 0;
  let done = false;

  const isOpen = (name: string): boolean => (openCounts.get(name) ?? 0) > 0;

  function close(element: OpenElement): void {
    openCounts.set(element.name, (openCounts.get(element.name) ?? 1) - 1);
    if (element === feed) done = true;
    current = element.parent;
    depth--;
  }

  /** Closes the innermost elements up to and with that one. */
  function closeThrough(outer: OpenElement): void {
    for (let at = current; at !== undefined; at = at.parent) {
      close(at);
      if (at === outer) return;
    }
  }

  /** Ends what an author forgot to end before this start tag. */
  function closeImplied(name: string, offset: number): void {
    if (isItem(name)) {
      const open = openItem(name);
      if (open === undefined) return;
      report('unclosed-element', `<${open.tag}> was not closed before the next one`, offset);
      closeThrough(open);
      return;
    }
    for (let at = current; at !== undefined && endsAt(at.name, name); at = at.parent) {
      report('unclosed-element', `<${at.tag}> was not closed before <${name}>`, offset);
      close(at);
    }
  }

  /** The open item that a new one ends: reached through fields of its own, not through a foreign wrapper. */
  function openItem(name: string): OpenElement | undefined {
    if (!isOpen(name)) return undefined;
    for (let at = current; at !== undefined; at = at.parent) {
      if (at.name === name) return at;
      if (isXmlContent(at) || (at.name.includes(':') && !isField(at.name))) return undefined;
    }
    return undefined;
  }

  /** A feed starts anew whatever junk came before it, but what an HTML page holds is no feed. */
  function startsFeed(tag: string): boolean {
    if (feed !== undefined) return false;
    const name = localName(tag);
    if (!feedRoots.has(name)) return false;
    return current === undefined || (unmistakableRoots.has(name) && !isOpen('html') && !isOpen('xhtml:html'));
  }

  function scopeFor(tag: string, attributes: ReadonlyMap<string, string>, isFeed: boolean): Scope {
    const outer = isFeed ? rootScope(feedRoots.get(localName(tag)) ?? '') : (current?.scope ?? noScope);
    if (attributes.size === 0) return outer;
    // A root without a prefix is what its name says, whatever namespace its author thought it is in.
    const bindings = bindingsOf(attributes, isFeed && !tag.includes(':'));
    return bindings === undefined ? outer : outer.with(bindings);
  }

  function startTag(tag: string, rest: TagRest | undefined, offset: number): void {
    const attributes = rest?.attributes ?? noAttributes;
    const isFeed = startsFeed(tag);
    if (isFeed) for (let at = current; at !== undefined; at = at.parent) close(at);
    const scope = depth < maxDepth ? scopeFor(tag, attributes, isFeed) : (current?.scope ?? noScope);
    const name = scope.elementName(tag);
    closeImplied(name, offset);
    if (depth >= maxDepth) {
      report('too-deep', `elements nested deeper than ${maxDepth} were read over`, offset);
      return;
    }
    if (++elements > maxElements) {
      report('too-many-elements', `nothing after ${maxElements} elements was read`, offset);
      done = true;
      return;
    }
    const element: OpenElement = {
      name,
      tag,
      attributes: attributes.size === 0 ? noAttributes : canonicalAttributes(attributes, scope),
      children: [],
      parent: current,
      offset,
      index: undefined,
      scope,
    };
    current?.children.push(element);
    first ??= element;
    if (isFeed) feed = element;
    if (rest?.selfClosing === true) {
      if (isFeed) done = true;
      return;
    }
    current = element;
    depth++;
    openCounts.set(name, (openCounts.get(name) ?? 0) + 1);
  }

  function endTag(tag: string, offset: number): void {
    if (current === undefined) return;
    if (current.tag === tag && current !== feed) {
      close(current);
      return;
    }
    const name = current.scope.elementName(tag);
    if (!isOpen(name)) {
      report('unexpected-end-tag', `</${tag}> closes nothing`, offset);
      return;
    }
    if (name === feed?.name && !isItem(name) && hasItems(offset)) {
      report('unexpected-end-tag', `</${tag}> stands before the last item`, offset);
      for (let at = current; at !== feed && at.parent !== undefined; at = at.parent) close(at);
      return;
    }
    if (name !== current.name)
      report('unclosed-element', `<${current.tag}> was not closed before </${tag}>`, offset);
    for (let at: OpenElement | undefined = current; at !== undefined; at = at.parent) {
      close(at);
      if (at.name === name) return;
    }
  }

  function text(piece: string): void {
    if (current === undefined || (containers.has(current.name) && piece.trim() === '')) return;
    current.children.push(piece);
  }

  return {
    current: () => current,
    startTag,
    endTag,
    text,
    isDone: () => done,
    root: () => feed ?? first,
    first: () => first,
    hasFeed: () => feed !== undefined,
  };
}

/** Content of an XML media type may hold whole entries; what stands in it is not the feed's. */
function isXmlContent(element: XmlElement): boolean {
  return element.name === 'atom:content' && /\bxml$/.test(element.attributes.get('type') ?? '');
}

function bindingsOf(
  attributes: ReadonlyMap<string, string>,
  withoutDefault: boolean,
): Map<string, string> | undefined {
  let bindings: Map<string, string> | undefined;
  for (const [name, uri] of attributes) {
    if (!name.startsWith('xmlns') || (withoutDefault && name === 'xmlns')) continue;
    bindings ??= new Map();
    bindings.set(name.slice('xmlns:'.length), uri);
  }
  return bindings;
}

function canonicalAttributes(
  attributes: ReadonlyMap<string, string>,
  scope: Scope,
): ReadonlyMap<string, string> {
  const canonical = new Map<string, string>();
  for (const [name, value] of attributes) {
    const key = scope.attributeName(name);
    if (!canonical.has(key)) canonical.set(key, value);
  }
  return canonical;
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1).toLowerCase();
}
