import type { XmlElement, XmlNode } from '../../parse/xml/element.ts';
import { absolutizeHtml } from '../../text/html/absolutize.ts';
import { escapeAttribute, escapeHtml } from '../../text/html/escape.ts';
import { innerBase } from '../base.ts';

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** No item may hold a tenth of it: what follows is not written. */
const maxLength = 2 * 1024 * 1024;

/**
 * The content of an element as HTML.
 * @param text what the text directly in it is: `markup` where the author escaped HTML, `literal` where
 *   text is text; in inner elements it always is
 */
export function innerHtml(element: XmlElement, text: 'markup' | 'literal', baseUrl?: string): string {
  const budget = { left: maxLength };
  let html = '';
  for (const node of element.children) {
    html += typeof node === 'string' && text === 'markup' ? node : outerHtml(node, baseUrl, budget);
  }
  return html;
}

/** Recursion is bounded by the reader's depth limit. */
function outerHtml(node: XmlNode, baseUrl: string | undefined, budget: { left: number }): string {
  if (budget.left <= 0) return '';
  if (typeof node === 'string') {
    budget.left -= node.length;
    return escapeHtml(node);
  }
  const tag = node.tag.slice(node.tag.indexOf(':') + 1);
  const start = `<${tag}${attributesOf(node)}>`;
  budget.left -= start.length;
  const ownBase = node.attributes.get('xml:base');
  const base = innerBase(ownBase, baseUrl);
  let inner = '';
  for (const child of node.children) inner += outerHtml(child, base, budget);
  const html = inner === '' && voidElements.has(tag.toLowerCase()) ? start : `${start}${inner}</${tag}>`;
  return ownBase === undefined ? html : absolutizeHtml(html, base);
}

function attributesOf(element: XmlElement): string {
  let written = '';
  for (const [name, value] of element.attributes) {
    if (name.startsWith('xmlns') || name === 'xml:base') continue;
    written += ` ${name === 'xml:lang' ? 'lang' : name}="${escapeAttribute(value)}"`;
  }
  return written;
}
