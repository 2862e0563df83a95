import { escapeHtml } from '../../text/html/escape.ts';
import { renderInline } from './markdown-inline.ts';

const heading = /^(#{1,6})[ \t]+(\S.*)$/;
const rule = /^(?:-{3,}|_{3,}|\*{3,}|\* \* \*)$/;
const listItem = /^([ \t]*)(?:[*+-]|(\d{1,9})[.)])[ \t]+(\S.*)$/;
const fence = /^(?:```|~~~)/;

/** Deeper items are put on this level. */
const deepestList = 8;

interface List {
  readonly tag: 'ul' | 'ol';
  readonly indent: number;
}

/**
 * Markdown as news documents use it, as HTML: headings, paragraphs, lists, quotes, fenced code, rules and what
 * {@link renderInline} knows. Raw HTML is text. Linear, and deep nesting ends at a bound: CommonMark parsers
 * take minutes for a crafted paragraph, and their rules for `**` do not fit Chinese.
 */
export function renderMarkdown(markdown: string): string {
  const out: string[] = [];
  const lists: List[] = [];
  let paragraph: string[] = [];
  let quote: string[] = [];
  let code: string[] | undefined;
  let inItem = false;

  const endList = (): void => void out.push(`</li></${lists.pop()?.tag ?? 'ul'}>`);
  const endText = (): void => {
    if (paragraph.length > 0) {
      const html = renderInline(paragraph.join('\n'));
      out.push(inItem ? html : `<p>${html}</p>`);
    }
    if (quote.length > 0) out.push(`<blockquote>${renderMarkdown(quote.join('\n'))}</blockquote>`);
    paragraph = [];
    quote = [];
    inItem = false;
  };
  const endAll = (): void => {
    endText();
    while (lists.length > 0) endList();
  };
  const item = (tag: List['tag'], indent: number, start: number, text: string): void => {
    endText();
    while (lists.length > 1 && indent < (lists.at(-1)?.indent ?? 0)) endList();
    const last = lists.at(-1);
    const nested = last === undefined || (indent >= last.indent + 2 && lists.length < deepestList);
    if (!nested && last.tag === tag) out.push('</li><li>');
    else {
      if (!nested) endList();
      lists.push({ tag, indent });
      out.push(tag === 'ol' && start !== 1 ? `<ol start="${start}"><li>` : `<${tag}><li>`);
    }
    paragraph = [text];
    inItem = true;
  };

  for (const line of markdown.split('\n')) {
    if (fence.test(line)) {
      endAll();
      if (code !== undefined) out.push(`<pre><code>${escapeHtml(code.join('\n'))}</code></pre>`);
      code = code === undefined ? [] : undefined;
      continue;
    }
    if (code !== undefined) {
      code.push(line);
      continue;
    }
    const text = line.trim();
    if (text === '') {
      endText();
      continue;
    }
    if (text.startsWith('>')) {
      if (quote.length === 0) endAll();
      quote.push(text.replace(/^[>\s]+/, ''));
      continue;
    }
    const [, indent = '', number, itemText] = listItem.exec(line) ?? [];
    const [, marks, headingText] = heading.exec(text) ?? [];
    if (rule.test(text)) {
      endAll();
      out.push('<hr>');
    } else if (itemText !== undefined)
      item(number === undefined ? 'ul' : 'ol', indent.length, Number(number ?? 1), itemText);
    else if (marks !== undefined && headingText !== undefined) {
      endAll();
      out.push(`<h${marks.length}>${renderInline(headingText)}</h${marks.length}>`);
    } else {
      if (paragraph.length === 0) endAll();
      paragraph.push(text);
    }
  }
  endAll();
  if (code !== undefined) out.push(`<pre><code>${escapeHtml(code.join('\n'))}</code></pre>`);
  return out.join('');
}
