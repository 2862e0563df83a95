import { decodeHTMLStrict } from 'entities';
import { escapeAttribute, escapeHtml } from '../../text/html/escape.ts';
import { htmlToText } from '../../text/html/to-text.ts';

const signs = /\\[!-/:-@[-`{-~]|!?\[|\*\*|[\]*_`\n]/g;

/** `(url)` or `(url "title")`; a URL may hold pairs of parentheses. */
const target = /\([ \t]{0,3}([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:[ \t]{1,3}"[^"]*")?[ \t]{0,3}\)/y;

const elements = new Map([
  ['**', 'strong'],
  ['*', 'em'],
  ['_', 'em'],
]);

/** A sign that may turn out to begin an element, and its place in the output. */
interface Opener {
  readonly sign: string;
  readonly at: number;
}

/**
 * Running text of Markdown as HTML: strong, emphasis, code, links and images; a line's end is a break.
 *
 * Raw HTML and bare addresses are plain text. `**` opens and closes whatever stands beside it, since Chinese puts
 * no spaces there; `*` and `_` follow CommonMark 6.2, so that *ST and snake_case stay as they are. One pass:
 * every sign is opened once and closed once.
 */
export function renderInline(markdown: string): string {
  const out: string[] = [];
  const openers: Opener[] = [];
  const waiting = new Map<string, number>();
  let done = 0;

  const count = (sign: string, change: number): void =>
    void waiting.set(sign, (waiting.get(sign) ?? 0) + change);
  const open = (sign: string): void => {
    openers.push({ sign, at: out.length });
    count(sign, 1);
    out.push(sign);
  };
  /** The last opener of these signs; what was opened after it stays text. */
  const opened = (...wanted: readonly string[]): Opener | undefined => {
    if (!wanted.some((sign) => (waiting.get(sign) ?? 0) > 0)) return undefined;
    for (let last = openers.pop(); last !== undefined; last = openers.pop()) {
      count(last.sign, -1);
      if (wanted.includes(last.sign)) return last;
    }
    return undefined;
  };
  const emphasis = (sign: string, element: string, start: number, end: number): void => {
    const { opens, closes } = flanks(sign, markdown[start - 1] ?? ' ', markdown[end] ?? ' ');
    const opener = closes ? opened(sign) : undefined;
    if (opener !== undefined) {
      out[opener.at] = `<${element}>`;
      out.push(`</${element}>`);
    } else if (opens) open(sign);
    else out.push(sign);
  };
  /** Returns where the text goes on. */
  const bracketEnd = (end: number): number => {
    const opener = opened('[', '![');
    target.lastIndex = end;
    const address = opener === undefined ? null : target.exec(markdown);
    if (opener === undefined || address === null) {
      out.push(']');
      return end;
    }
    const url = escapeAttribute(decodeHTMLStrict(address[1] ?? ''));
    if (opener.sign === '![') {
      const alt = htmlToText(out.splice(opener.at + 1).join(''));
      out[opener.at] = url === '' ? '' : `<img src="${url}" alt="${escapeAttribute(alt)}">`;
    } else {
      out[opener.at] = url === '' ? '' : `<a href="${url}">`;
      if (url !== '') out.push('</a>');
    }
    return target.lastIndex;
  };

  for (;;) {
    signs.lastIndex = done;
    const match = signs.exec(markdown);
    out.push(plain(markdown.slice(done, match?.index)));
    if (match === null) return out.join('');
    const [sign] = match;
    const end = match.index + sign.length;
    const element = elements.get(sign);
    done = end;
    if (element !== undefined) emphasis(sign, element, match.index, end);
    else if (sign === '[' || sign === '![') open(sign);
    else if (sign === ']') done = bracketEnd(end);
    else if (sign === '\n') out.push('<br>');
    else if (sign === '`') {
      const close = markdown.indexOf('`', end);
      out.push(close < 0 ? '`' : `<code>${escapeHtml(markdown.slice(end, close))}</code>`);
      if (close >= 0) done = close + 1;
    } else out.push(escapeHtml(sign.slice(1)));
  }
}

/** The text of a piece of Markdown, for what has to be plain: titles, names. */
export function markdownText(markdown: string): string {
  return htmlToText(renderInline(markdown));
}

function plain(text: string): string {
  return escapeHtml(decodeHTMLStrict(text));
}

function flanks(sign: string, before: string, after: string): { opens: boolean; closes: boolean } {
  const left = !isSpace(after);
  const right = !isSpace(before);
  if (sign === '**') return { opens: left, closes: right };
  const opens = left && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const closes = right && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  if (sign === '*') return { opens, closes };
  return { opens: opens && !isWord(before), closes: closes && !isWord(after) };
}

function isSpace(char: string): boolean {
  return /^\s$/.test(char);
}

function isPunctuation(char: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(char);
}

function isWord(char: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(char);
}
