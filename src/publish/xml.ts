import { stripForbidden } from '../text/xml-chars.ts';

/** Text as the inside of an XML element; what XML 1.0 forbids is left out. */
export function xmlText(text: string): string {
  const clean = stripForbidden(text);
  return /[&<>\r]/.test(clean) ? clean.replace(/[&<>\r]/g, reference) : clean;
}

/** Text as a double-quoted XML attribute value; white space that a parser would fold is written out. */
export function xmlAttribute(text: string): string {
  const clean = stripForbidden(text);
  return /[&<>"\t\n\r]/.test(clean) ? clean.replace(/[&<>"\t\n\r]/g, reference) : clean;
}

/** An element with text; nothing where there is no text. */
export function textElement(name: string, text: string | undefined, attributes = ''): string {
  return text === undefined || text === '' ? '' : `<${name}${attributes}>${xmlText(text)}</${name}>\n`;
}

/** Attributes as they stand in a tag; those without a value are left out. */
export function attributesOf(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const reference = (char: string): string => references[char] ?? '';
