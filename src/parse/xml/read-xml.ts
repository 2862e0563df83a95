import { doctypeEnd } from './doctype.ts';
import type { XmlElement } from './element.ts';
import { createFinder } from './finder.ts';
import { decodeReferences } from './references.ts';
import { isSpace, readTagRest } from './start-tag.ts';
import { createTree } from './tree.ts';

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

/** The start tag of an item of any vocabulary; what is found after a root lies close behind it, if anywhere. */
const itemStart = /<(?:[a-z]\w{0,15}:)?(?:item|entry)[\s>]/gi;

/** Of each kind. */
const maxProblems = 10;

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
  const tree = createTree(report, hasItems);
  let doctypeSeen = false;
  let junkAt: number | undefined;
  /** Where the text begins that has been read over, but is not in the tree yet. */
  let textStart = 0;
  /** The next start tag of an item that is known of; -1 when there is none. */
  let nextItem = -2;

  function report(code: string, message: string, offset: number): void {
    const count = (problemCounts.get(code) ?? 0) + 1;
    problemCounts.set(code, count);
    if (count <= maxProblems) problems.push({ code, message, offset });
  }

  /** Looks for each item once, like a finder: a hostile document may ask at every tag. */
  function hasItems(from: number): boolean {
    if (nextItem !== -1 && nextItem < from) {
      itemStart.lastIndex = from;
      nextItem = itemStart.exec(source)?.index ?? -1;
    }
    return nextItem !== -1;
  }

  /** Puts the text before a position into the tree. */
  function flushText(to: number): void {
    const from = textStart;
    if (from >= to) return;
    const raw = source.slice(from, to);
    if (tree.current() === undefined) {
      if (raw.trim() !== '') junkAt ??= from;
      return;
    }
    const amp = findAmp(from);
    tree.text(amp !== -1 && amp < to ? decodeReferences(raw) : raw);
  }

  /** Reads a start tag; -1 if it is none, like the address in `<news@example.org>`. */
  function startTag(lt: number): number {
    const end = tagNameEnd(source, lt + 1);
    const tag = source.slice(lt + 1, end);
    const code = source.charCodeAt(end);
    if (code === GT) {
      flushText(lt);
      tree.startTag(tag, undefined, lt);
      return end + 1;
    }
    const isTag = isSpace(code) || code === SLASH || code === LT || Number.isNaN(code);
    if (!isTag || tag.endsWith(':')) return -1;
    flushText(lt);
    const rest = readTagRest(source, end, findQuote);
    if (rest.problem !== undefined) report('malformed-tag', `<${tag}>: ${rest.problem}`, lt);
    tree.startTag(tag, rest, lt);
    return rest.end;
  }

  function endTag(lt: number): number {
    flushText(lt);
    const nameEnd = tagNameEnd(source, lt + 2);
    let end = nameEnd;
    while (isSpace(source.charCodeAt(end))) end++;
    if (source.charCodeAt(end) === GT) end++;
    else report('malformed-tag', 'an end tag is not closed', lt);
    tree.endTag(source.slice(lt + 2, nameEnd), lt);
    return end;
  }

  function cdata(lt: number): number {
    const start = lt + CDATA.length;
    const end = findCdataEnd(start);
    if (end !== -1) {
      tree.text(source.slice(start, end));
      return end + 3;
    }
    report('unclosed-cdata', 'a CDATA section is not closed', lt);
    const tag = tree.current()?.tag;
    const endTagAt = tag === undefined ? -1 : source.indexOf(`</${tag}`, start);
    const cut = endTagAt === -1 ? source.length : endTagAt;
    tree.text(source.slice(start, cut));
    return cut;
  }

  /** Comments, CDATA, declarations. */
  function declaration(lt: number): number {
    if (source.startsWith(CDATA, lt)) return cdata(lt);
    if (source.startsWith('<!--', lt)) {
      const end = findCommentEnd(lt + 4);
      if (end !== -1) return end + 3;
      report('unclosed-comment', 'a comment is not closed', lt);
    } else if (!doctypeSeen && tree.current() === undefined) {
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

  /** Reads the markup at `lt` and returns the position after it; -1 if it is none. */
  function markup(lt: number): number {
    const code = source.charCodeAt(lt + 1);
    if (code === SLASH) return isNameStart(source.charCodeAt(lt + 2)) ? endTag(lt) : -1;
    if (isNameStart(code)) return startTag(lt);
    if (code !== BANG && code !== QUESTION) return -1;
    flushText(lt);
    return code === BANG ? declaration(lt) : instruction(lt);
  }

  let pos = 0;
  while (!tree.isDone()) {
    const lt = findLt(pos);
    if (lt === -1) {
      flushText(source.length);
      break;
    }
    const end = markup(lt);
    if (end === -1) {
      report('stray-bracket', 'a < that opens no tag was taken as text', lt);
      pos = lt + 1;
    } else pos = textStart = end;
  }
  const root = tree.root();
  const before = Math.min(junkAt ?? Infinity, tree.first()?.offset ?? Infinity);
  if (tree.hasFeed() && root !== undefined && before < root.offset) {
    report('junk-outside-root', 'what stands before the root was cut', before);
  }
  const unclosed = tree.current();
  if (unclosed !== undefined && !tree.isDone()) {
    report('truncated', `the document ends inside <${unclosed.tag}>`, source.length);
  }
  if (tree.isDone() && hasJunk(source, pos))
    report('junk-outside-root', 'what follows the root was cut', pos);
  return { root, isFeed: tree.hasFeed(), problems };
}

/** White space and comments may follow the root. */
function hasJunk(source: string, from: number): boolean {
  const rest = source.slice(from, from + 256).trimStart();
  return rest !== '' && !rest.startsWith('<!--');
}

function tagNameEnd(source: string, from: number): number {
  let at = from;
  while (isNameChar(source.charCodeAt(at))) at++;
  return at;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

/** Letters, digits, `-`, `.`, `:`, `_`. */
function isNameChar(code: number): boolean {
  return isNameStart(code) || (code >= 45 && code <= 58 && code !== SLASH);
}

const CDATA = '<![CDATA[';
const BANG = 33;
const SLASH = 47;
const LT = 60;
const GT = 62;
const QUESTION = 63;
