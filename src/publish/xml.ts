import { decodeHTML } from 'entities';
import { stripForbidden } from '../text/xml-chars.ts';

/**
 * Controls and noncharacters that XML 1.0 only advises against: no reader shows them, HTML calls them errors, and
 * readers take them for signs of a wrong charset.
 */
const discouraged =
  /[\x7f-\x9f\ufdd0-\ufdef]|[\ud83f\ud87f\ud8bf\ud8ff\ud93f\ud97f\ud9bf\ud9ff\uda3f\uda7f\udabf\udaff\udb3f\udb7f\udbbf\udbff][\udffe\udfff]/g;

/** Whether there may be anything to take out; nearly no text has it. */
const suspicious = /[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]/;

/** The text without what XML forbids or advises against. */
export function printable(text: string): string {
  return suspicious.test(text) ? stripForbidden(text).replace(discouraged, '') : text;
}

const visible = /(?!\s)[!-~\xa1-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]/;

/** Whether anything of a text is left in print. */
export function saysSomething(text: string | undefined): text is string {
  return text !== undefined && (visible.test(text) || printable(text).trim() !== '');
}

/** Text as the inside of an XML element. */
export function xmlText(text: string): string {
  const clean = printable(text);
  return /[&<>\r]/.test(clean) ? clean.replace(/[&<>\r]/g, reference) : clean;
}

/** Text as a double-quoted XML attribute value; white space that a parser would fold is written out. */
export function xmlAttribute(text: string): string {
  const clean = printable(text);
  return /[&<>"\t\n\r]/.test(clean) ? clean.replace(/[&<>"\t\n\r]/g, reference) : clean;
}

/** An element with text; nothing where there is no text. */
export function textElement(name: string, text: string | undefined, attributes = ''): string {
  const written = text === undefined ? '' : xmlText(text);
  return written === '' ? '' : `<${name}${attributes}>${written}</${name}>\n`;
}

/** The same with words of people, which are no HTML. */
export function wordsElement(name: string, text: string | undefined, attributes = ''): string {
  const written = text === undefined ? '' : words(text);
  return written === '' ? '' : `<${name}${attributes}>${written}</${name}>\n`;
}

/** Attributes as they stand in a tag; those without a value are left out. */
export function attributesOf(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => [name, value === undefined ? '' : attributeValue(name, String(value))] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function attributeValue(name: string, value: string): string {
  const written = xmlAttribute(value);
  return name === 'title' || name === 'label' ? unlikeHtml(written, value) : written;
}

const words = (text: string): string => unlikeHtml(xmlText(text), text);

/**
 * Where plain text could be taken for HTML (`S&P500`, `&amp;`), its markup characters are written as hexadecimal
 * references, by which the RSS profile has writers say that they mean them: to XML it is the same. Elsewhere they
 * are not, for some readers decode only the five entities of XML.
 */
function unlikeHtml(written: string, text: string): string {
  return hasReference(printable(text))
    ? written.replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;')
    : written;
}

/** Whether plain text says something that HTML would read as a character, with or without its semicolon. */
export function hasReference(text: string): boolean {
  return [...text.matchAll(/&(#?[\p{L}\p{N}_]+)/gu)].some(
    ([, name = '']) => !/^\p{L}+$/u.test(name) || decodeHTML(`&${name};`) !== `&${name};`,
  );
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
