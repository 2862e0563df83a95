import { attributesOf, textElement } from './xml.ts';

/** One line of an outline: a feed, or a group of them. */
export interface Outline {
  readonly text: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly outlines?: readonly Outline[];
}

/** An OPML 2.0 body has an outline at least. */
const nothing: Outline = { text: 'No feeds' };

/** An OPML 2.0 subscription list; dates are left out, so that the same list is the same document. */
export function renderOpml(title: string, outlines: readonly Outline[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head>\n',
    textElement('title', title),
    '</head>\n<body>\n',
    ...(outlines.length === 0 ? [nothing] : outlines).map(outline),
    '</body>\n</opml>\n',
  ].join('');
}

function outline({ text, xmlUrl, htmlUrl, outlines }: Outline): string {
  const type = xmlUrl === undefined ? undefined : 'rss';
  const attributes = attributesOf({ text, title: text, type, xmlUrl, htmlUrl });
  if (!outlines) return `<outline${attributes}/>\n`;
  return `<outline${attributes}>\n${outlines.map(outline).join('')}</outline>\n`;
}
