import { escapeHtml } from '../../text/html/escape.ts';

/** Items stand in from the margin; a bullet alone is enough, a number is not: headings have numbers too. */
const bullet = /^\s*[•·▪●]\s+(\S.*)$/;
const numbered = /^\s+(\d{1,4})\.\s+(\S.*)$/;

/** Lines of plain text as HTML: each a `<p>`, neighbouring list items one list. */
export function renderParagraphs(lines: readonly string[]): string {
  let html = '';
  let list: 'ul' | 'ol' | undefined;
  const endList = (): void => {
    if (list !== undefined) html += `</${list}>`;
    list = undefined;
  };
  const item = (tag: 'ul' | 'ol', start: number, text: string): void => {
    if (list !== tag) {
      endList();
      html += tag === 'ol' && start !== 1 ? `<ol start="${start}">` : `<${tag}>`;
      list = tag;
    }
    html += `<li>${escapeHtml(text)}</li>`;
  };
  for (const line of lines) {
    const [, number, numberedText] = numbered.exec(line) ?? [];
    const bulletText = bullet.exec(line)?.[1];
    if (bulletText !== undefined) item('ul', 1, bulletText);
    else if (numberedText !== undefined) item('ol', Number(number), numberedText);
    else {
      endList();
      html += `<p>${escapeHtml(line.trim())}</p>`;
    }
  }
  endList();
  return html;
}
