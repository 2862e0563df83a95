import type { XmlElement, XmlNode } from '../../parse/xml/element.ts';
import { absolutizeHtml } from '../../text/html/absolutize.ts';
import { escapeAttribute, escapeHtml } from '../../text/html/escape.ts';
import { innerBase } from '../base.ts';

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/**
 * The content of an element as HTML.
 * @param text what the text directly in it is: `markup` where the author escaped HTML, `literal` where
 *   text is text; in inner elements it always is
 */
export function innerHtml(element: XmlElement, text: 'markup' | 'literal', baseUrl?: string): string {
  return element.children
    .map((node) => (typeof node === 'string' && text === 'markup' ? node : outerHtml(node, baseUrl)))
    .join('');
}

function outerHtml(node: XmlNode, baseUrl: string | undefined): string {
  if (typeof node === 'string') return escapeHtml(node);
  const tag = node.tag.slice(node.tag.indexOf(':') + 1);
  const ownBase = node.attributes.get('xml:base');
  const base = ownBase === undefined ? baseUrl : innerBase(ownBase, baseUrl);
  const start = `<${tag}${attributesOf(node)}>`;
  const inner = node.children.map((child) => outerHtml(child, base)).join('');
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
