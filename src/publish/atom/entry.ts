import { createHash } from 'node:crypto';
import type { Category, Enclosure, ItemSource, Person } from '../../model/feed.ts';
import { escapeHtml } from '../../text/html/escape.ts';
import { isAbsoluteIri, isName, uriOf } from '../../text/url.ts';
import type { Entry, EntryReport } from '../entry.ts';
import { licenseOf } from '../license.ts';
import { attributesOf, saysSomething, textElement, wordsElement } from '../xml.ts';

/** The earliest time there is: for an entry about whose time nothing is known, since Atom demands one. */
const unknownTime = '1970-01-01T00:00:00Z';

/**
 * One `<entry>` (RFC 4287, 4.1.2) of a sound entry, in the language of `feedLanguage` unless it says another. What Atom demands
 * and the entry lacks is made up from what it has: an id from its URL or its hash, an updated from published.
 */
export function renderAtomEntry(entry: Entry, feedLanguage?: string): string {
  const language = entry.language === feedLanguage ? undefined : entry.language;
  return [
    `<entry${attributesOf({ 'xml:lang': language })}>\n`,
    textElement('id', entryId(entry)),
    titleElement(entry.title),
    textElement('updated', entry.updated ?? entry.published ?? unknownTime),
    textElement('published', entry.published),
    link('alternate', entry.url, { type: 'text/html' }),
    ...(entry.reports ?? []).filter(({ url }) => url !== entry.url).map(relatedLink),
    link('replies', entry.commentsUrl, { type: 'text/html' }),
    link('license', licenseOf(entry)),
    ...(entry.enclosures ?? []).map(enclosure),
    ...(entry.authors ?? []).map((person) => personElement('author', person)),
    ...(entry.contributors ?? []).map((person) => personElement('contributor', person)),
    ...(entry.categories ?? []).map(categoryElement),
    wordsElement('rights', entry.rights, ' type="text"'),
    textElement('summary', summaryOf(entry), ' type="html"'),
    textElement('content', contentOf(entry), ' type="html"'),
    sourceElement(entry.source),
    ...(entry.reports ?? []).map(reportElement),
    '</entry>\n',
  ].join('');
}

/** Its own, the URL's, or one that stands for what it says. */
export function entryId({ id, url, title, content }: Entry): string {
  const own = id ?? url;
  if (own !== undefined && isAbsoluteIri(own)) return own;
  const hash = createHash('sha256')
    .update(JSON.stringify(own === undefined ? [title, content] : [own]))
    .digest('hex');
  return `urn:sha256:${hash}`;
}

/** Without an alternate link an entry has to have content (4.1.2). */
function contentOf({ content, summary, title, url }: Entry): string | undefined {
  return content ?? (url === undefined ? (summary ?? escapeHtml(title ?? ' ')) : undefined);
}

/** Something to read is demanded by the validator of W3C, and by readers for the blind: the title at least. */
function summaryOf(entry: Entry): string | undefined {
  const { summary, title } = entry;
  return summary ?? (contentOf(entry) === undefined ? escapeHtml(title ?? ' ') : undefined);
}

/** A title is demanded, even of what has none. */
export function titleElement(title: string | undefined): string {
  return wordsElement('title', saysSomething(title) ? title : ' ', ' type="text"');
}

function link(
  rel: string,
  href: string | undefined,
  attributes: Record<string, string | number | undefined> = {},
): string {
  return href === undefined ? '' : `<link${attributesOf({ rel, href: uriOf(href), ...attributes })}/>\n`;
}

/** Who else reported it: `<link rel="related" title="财联社 · 2026-01-06 11:44"/>` */
function relatedLink({ url, sourceTitle, time }: EntryReport): string {
  return link('related', url, { title: `${sourceTitle} · ${time.slice(0, 10)} ${time.slice(11, 16)}` });
}

function reportElement({ source, entryId: id, url, time, matched }: EntryReport): string {
  return `<tributary:report${attributesOf({ source, id, href: url, time, matched })}/>\n`;
}

function enclosure({ url, type, length }: Enclosure): string {
  return link('enclosure', url, { type, length });
}

/** A scheme is an absolute IRI (4.2.2.2); RSS's domain, which it may come from, is any text. */
export function categoryElement({ term, scheme = '', label }: Category): string {
  return `<category${attributesOf({ term, scheme: isName(uriOf(scheme)) ? uriOf(scheme) : undefined, label })}/>\n`;
}

/** A person construct (3.2), of somebody who has a name. */
export function personElement(role: 'author' | 'contributor', { name, email, url }: Person): string {
  return `<${role}>${wordsElement('name', name)}${textElement('uri', url && uriOf(url))}${textElement('email', email)}</${role}>\n`;
}

/** Where the entry came from (4.2.11). */
function sourceElement(source: ItemSource | undefined): string {
  if (!source) return '';
  const inside = [
    textElement('id', source.id),
    wordsElement('title', source.title, ' type="text"'),
    textElement('updated', source.updated),
    link('self', source.url),
    link('alternate', source.homepage),
    link('license', licenseOf(source)),
    wordsElement('rights', source.rights, ' type="text"'),
  ].join('');
  return inside === '' ? '' : `<source>\n${inside}</source>\n`;
}
