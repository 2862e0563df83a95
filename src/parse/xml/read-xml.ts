import type { XmlElement, XmlNode } from './element.ts';
import { createFinder } from './finder.ts';
import { decodeReferences } from './references.ts';
import { endsAt, isField, isItem } from './recovery.ts';
import { rootScope, type Scope } from './scope.ts';
import { isSpace, noAttributes, readTagRest, type TagRest } from './start-tag.ts';

/** Something that is not as XML demands, and what was made of it. */
export interface XmlProblem {
  readonly code: string;
  readonly message: string;
  /** Where in the document's text. */
  readonly offset: number;
}

export interface XmlDocument {
  /** The feed, or the first element if there is none. */
  readonly root: XmlElement | undefined;
  /** Whether `root` is a feed. */
  readonly isFeed: boolean;
  readonly problems: readonly XmlProblem[];
}

/** Deeper elements are read over; their text stays. */
const maxDepth = 256;

/** What 10 MB of feed never hold; the rest of the document is left unread. */
const maxElements = 400_000;

/** Of each kind. */
const maxProblems = 10;

/** The roots of feeds by local name, and what their elements without a namespace belong to. */
const feedRoots = new Map([
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

/**
 * Reads a document into elements, in one pass and in linear time, and never fails: what is not well-formed
 * is repaired and named among the problems. References are decoded once, CDATA is taken to the letter, a
 * DOCTYPE is read over with all it declares. Text before the feed and after it is cut.
 */
export function readXml(source: string): XmlDocument {
  const findLt = createFinder(source, '<');
  const findGt = createFinder(source, '>');
  const findAmp = createFinder(source, '&');
  const findQuote = { '"': createFinder(source, '"'), "'": createFinder(source, "'") };
  const findCdataEnd = createFinder(source, ']]>');
  const findCommentEnd = createFinder(source, '-->');
  const findInstructionEnd = createFinder(source, '?>');

  const problems: XmlProblem[] = [];
  const problemCounts = new Map<string, number>();
  const openCounts = new Map<string, number>();
  let first: XmlElement | undefined;
  let feed: XmlElement | undefined;
  let current: OpenElement | undefined;
  let depth = 0;
  let elements = 0;
  let doctypeSeen = false;
  let pos = 0;
  let done = false;

  function report(code: string, message: string, offset: number): void {
    const count = (problemCounts.get(code) ?? 0) + 1;
    problemCounts.set(code, count);
    if (count <= maxProblems) problems.push({ code, message, offset });
  }

  function text(from: number, to: number): void {
    if (from === to) return;
    if (current === undefined) {
      if (source.slice(from, to).trim() !== '')
        report('junk-outside-root', 'text before the root was cut', from);
      return;
    }
    const raw = source.slice(from, to);
    if (containers.has(current.name) && raw.trim() === '') return;
    const amp = findAmp(from);
    current.children.push(amp !== -1 && amp < to ? decodeReferences(raw) : raw);
  }

  function close(): void {
    if (current === undefined) return;
    openCounts.set(current.name, (openCounts.get(current.name) ?? 1) - 1);
    if (current === feed) done = true;
    current = current.parent;
    depth--;
  }

  function closeThrough(element: OpenElement): void {
    while (current !== undefined) {
      const closed = current;
      close();
      if (closed === element) return;
    }
  }

  /** Ends what an author forgot to end before this start tag. */
  function closeImplied(name: string, offset: number): void {
    if (current === undefined) return;
    if (isItem(name)) {
      const open = openItem(name);
      if (open === undefined) return;
      report('unclosed-element', `<${open.tag}> was not closed before the next one`, offset);
      closeThrough(open);
    } else {
      while (endsAt(current.name, name)) {
        report('unclosed-element', `<${current.tag}> was not closed before <${name}>`, offset);
        close();
      }
    }
  }

  /** The open item that a new one ends: reached through fields of its own only. */
  function openItem(name: string): OpenElement | undefined {
    if ((openCounts.get(name) ?? 0) === 0) return undefined;
    for (let open = current; open !== undefined; open = open.parent) {
      if (open.name === name) return open;
      if (isXmlContent(open)) return undefined;
      if (!isField(open.name) && open.name.includes(':')) return undefined;
    }
    return undefined;
  }

  function openElement(tag: string, rest: TagRest | undefined, offset: number): void {
    const selfClosing = rest?.selfClosing ?? false;
    const attributes = rest?.attributes ?? noAttributes;
    let scope = current?.scope ?? noScope;
    const rootVocabulary = feed === undefined ? feedRoots.get(localName(tag)) : undefined;
    const startsFeed = rootVocabulary !== undefined && !insideHtml();
    if (startsFeed) {
      if (current !== undefined) report('junk-outside-root', 'elements before the root were cut', offset);
      while (current !== undefined) close();
      scope = rootScope(rootVocabulary);
    }
    if (attributes.size > 0) {
      const bindings = bindingsOf(attributes, startsFeed && !tag.includes(':'));
      if (bindings !== undefined) scope = scope.with(bindings);
    }
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
      attributes: attributes === noAttributes ? noAttributes : canonicalAttributes(attributes, scope),
      children: [],
      parent: current,
      offset,
      scope,
    };
    if (current === undefined) first ??= element;
    else current.children.push(element);
    if (startsFeed) feed = element;
    if (selfClosing) {
      if (startsFeed) done = true;
      return;
    }
    current = element;
    depth++;
    openCounts.set(name, (openCounts.get(name) ?? 0) + 1);
  }

  function insideHtml(): boolean {
    return (openCounts.get('html') ?? 0) > 0 || (openCounts.get('xhtml:html') ?? 0) > 0;
  }

  function startTag(lt: number): number {
    const nameStart = lt + 1;
    const end = tagNameEnd(source, nameStart);
    const tag = source.slice(nameStart, end);
    const code = source.charCodeAt(end);
    if (code === GT) {
      openElement(tag, undefined, lt);
      return end + 1;
    }
    const isTag =
      (isSpace(code) || code === SLASH || code === LT || Number.isNaN(code)) && !tag.endsWith(':');
    // An address in angle brackets, <news@example.org>, is text.
    if (!isTag) return -1;
    const rest = readTagRest(source, end, findQuote);
    if (rest.problem !== undefined) report('malformed-tag', `<${tag}>: ${rest.problem}`, lt);
    openElement(tag, rest, lt);
    return rest.end;
  }

  function endTag(lt: number): number {
    const nameStart = lt + 2;
    const nameEnd = tagNameEnd(source, nameStart);
    let end = nameEnd;
    while (isSpace(source.charCodeAt(end))) end++;
    if (source.charCodeAt(end) === GT) end++;
    else report('malformed-tag', 'an end tag is not closed', lt);
    if (current === undefined) return end;
    const { tag } = current;
    if (nameEnd - nameStart === tag.length && source.startsWith(tag, nameStart)) {
      close();
      return end;
    }
    const written = source.slice(nameStart, nameEnd);
    const name = current.scope.elementName(written);
    if ((openCounts.get(name) ?? 0) === 0) {
      report('unexpected-end-tag', `</${written}> closes nothing`, lt);
      return end;
    }
    if (name !== current.name) report('unclosed-element', `<${tag}> was not closed before </${written}>`, lt);
    while (current !== undefined && current.name !== name) close();
    close();
    return end;
  }

  function cdata(lt: number): number {
    const start = lt + 9;
    let end = findCdataEnd(start);
    let next = end + 3;
    if (end === -1) {
      report('unclosed-cdata', 'a CDATA section is not closed', lt);
      const endTagAt = current === undefined ? -1 : source.indexOf(`</${current.tag}`, start);
      end = endTagAt === -1 ? source.length : endTagAt;
      next = end;
    }
    if (current !== undefined && end > start) current.children.push(source.slice(start, end));
    return next;
  }

  /** Comments, CDATA, declarations; returns the position after. */
  function declaration(lt: number): number {
    if (source.startsWith('<![CDATA[', lt)) return cdata(lt);
    if (source.startsWith('<!--', lt)) {
      const end = findCommentEnd(lt + 4);
      if (end !== -1) return end + 3;
      report('unclosed-comment', 'a comment is not closed', lt);
    } else if (!doctypeSeen && current === undefined) {
      doctypeSeen = true;
      return doctypeEnd(source, lt);
    }
    const gt = findGt(lt);
    return gt === -1 ? source.length : gt + 1;
  }

  function instruction(lt: number): number {
    const end = findInstructionEnd(lt + 2);
    if (end !== -1) return end + 2;
    const gt = findGt(lt);
    return gt === -1 ? source.length : gt + 1;
  }

  /** Reads the markup at `lt`; -1 if it is none. */
  function markup(lt: number): number {
    const code = source.charCodeAt(lt + 1);
    if (code === SLASH) return isNameStart(source.charCodeAt(lt + 2)) ? endTag(lt) : -1;
    if (code === BANG) return declaration(lt);
    if (code === QUESTION) return instruction(lt);
    return isNameStart(code) ? startTag(lt) : -1;
  }

  let textStart = 0;
  while (!done) {
    const lt = findLt(pos);
    if (lt === -1) break;
    const code = source.charCodeAt(lt + 1);
    if (!isMarkupStart(code)) {
      pos = lt + 1;
      continue;
    }
    const owner: OpenElement | undefined = current;
    if (lt > textStart) text(textStart, lt);
    const end = markup(lt);
    if (end === -1) {
      // The text goes on: what was flushed is followed by the bracket as text.
      if (owner !== undefined) owner.children.push('<');
      textStart = pos = lt + 1;
      report('stray-bracket', 'a < that opens no tag was taken as text', lt);
      continue;
    }
    textStart = pos = end;
  }
  if (!done) {
    text(textStart, source.length);
    if (current !== undefined)
      report('truncated', `the document ends inside <${current.tag}>`, source.length);
  } else if (source.length > pos && /[^\s]/.test(source.slice(pos, pos + 256).replace(/<!--[^>]*-->/g, ''))) {
    report('junk-outside-root', 'what follows the root was cut', pos);
  }
  return { root: feed ?? first, isFeed: feed !== undefined, problems };
}

/** Content of an XML media type may hold whole entries; what stands in it is not the feed's. */
function isXmlContent(element: XmlElement): boolean {
  return element.name === 'atom:content' && /\bxml$/.test(element.attributes.get('type') ?? '');
}

/** @param forced whether the element's own vocabulary is known, so that its default namespace says nothing */
function bindingsOf(
  attributes: ReadonlyMap<string, string>,
  forced: boolean,
): Map<string, string> | undefined {
  let bindings: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    if (!name.startsWith('xmlns')) continue;
    bindings ??= new Map();
    if (name.startsWith('xmlns:')) bindings.set(name.slice(6), value);
    else if (name === 'xmlns' && !forced) bindings.set('', value);
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

/** DOCTYPE of any size: quoted strings, comments and an internal subset are read over. */
function doctypeEnd(source: string, lt: number): number {
  const token = /["'<>[\]]/g;
  token.lastIndex = lt + 2;
  let brackets = 0;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    const [mark] = match;
    if (mark === '[') brackets++;
    else if (mark === ']') brackets--;
    else if (mark === '>' && brackets <= 0) return token.lastIndex;
    else if (mark === '<' && brackets <= 0) return match.index;
    else if (mark === '<' && source.startsWith('<!--', match.index)) {
      const end = source.indexOf('-->', match.index);
      if (end !== -1) token.lastIndex = end + 3;
    } else if (mark === '"' || mark === "'") {
      const end = source.indexOf(mark, token.lastIndex);
      if (end === -1) break;
      token.lastIndex = end + 1;
    }
  }
  const gt = source.indexOf('>', lt);
  return gt === -1 ? source.length : gt + 1;
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1).toLowerCase();
}

function tagNameEnd(source: string, from: number): number {
  let at = from;
  while (isNameChar(source.charCodeAt(at))) at++;
  return at;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

function isNameChar(code: number): boolean {
  return isNameStart(code) || (code >= 45 && code <= 58 && code !== SLASH);
}

function isMarkupStart(code: number): boolean {
  return isNameStart(code) || code === SLASH || code === BANG || code === QUESTION;
}

const BANG = 33;
const SLASH = 47;
const LT = 60;
const GT = 62;
const QUESTION = 63;
