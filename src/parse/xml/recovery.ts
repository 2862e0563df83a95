/**
 * Where authors forget end tags. An XML reader alone would nest everything that follows into the element
 * that was left open; these tables say which start tags cannot stand inside which open element.
 */

/** Elements that hold plain text: the next field of an item ends them. */
const plainFields = new Set([
  'title',
  'link',
  'guid',
  'pubdate',
  'author',
  'category',
  'comments',
  'generator',
  'language',
  'copyright',
  'lastbuilddate',
  'managingeditor',
  'webmaster',
  'dc:creator',
  'dc:date',
  'dc:subject',
  'dc:title',
  'atom:title',
  'atom:id',
  'atom:updated',
  'atom:published',
]);

/** Elements that hold HTML, in which `<title>`, `<link>` and `<source>` may be HTML's own. */
const htmlFields = new Set(['description', 'content:encoded', 'atom:summary', 'atom:content']);

/** Fields whose names no HTML element has. */
const unmistakable = new Set([
  'pubdate',
  'guid',
  'enclosure',
  'comments',
  'category',
  'author',
  'description',
  'content:encoded',
  'dc:creator',
  'dc:date',
  'dc:subject',
  'wfw:commentrss',
  'slash:comments',
  'atom:id',
  'atom:updated',
  'atom:published',
  'atom:author',
  'atom:category',
  'atom:content',
  'atom:summary',
]);

const fields = new Set([
  ...plainFields,
  ...unmistakable,
  'enclosure',
  'source',
  'image',
  'atom:link',
  'atom:source',
]);

/** Whether an element that is open ends where the other one starts. */
export function endsAt(open: string, start: string): boolean {
  if (plainFields.has(open)) return open !== start ? fields.has(start) : true;
  return htmlFields.has(open) && unmistakable.has(start);
}

/** Items cannot stand in items, whatever of theirs was left open. */
export function isItem(name: string): boolean {
  return name === 'item' || name === 'atom:entry';
}

/** Whether a left-open element of an item may be ended with it: its own fields, not a foreign wrapper. */
export function isField(name: string): boolean {
  return fields.has(name) || htmlFields.has(name);
}
