import { uriOf } from '../../text/url.ts';
import { namespace, type Entry, type FeedHead, type FeedLink } from '../entry.ts';
import { licenseOf } from '../license.ts';
import { soundEntry, soundHead } from '../sound.ts';
import { attributesOf, textElement, wordsElement } from '../xml.ts';
import { categoryElement, personElement, renderAtomEntry, titleElement } from './entry.ts';

/** An Atom feed document (RFC 4287) with these entries, in their order. */
export function renderAtom(given: FeedHead, entries: readonly Entry[]): string {
  const feed = soundHead(given);
  const updated = feed.updated ?? newest(entries);
  return [
    renderAtomHead({ ...feed, ...(updated !== undefined && { updated }) }),
    ...entries.map((entry) => renderAtomEntry(soundEntry(entry), feed.language)),
    atomTail,
  ].join('');
}

export const atomTail = '</feed>\n';

/** Everything before the first entry. The feed's author stands for entries that have none (4.1.1). */
export function renderAtomHead(feed: FeedHead): string {
  const logo = feed.logo ?? feed.image;
  const authors = feed.authors?.length ? feed.authors : [{ name: feed.title ?? 'tributary' }];
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:tributary="${namespace}"${extensions(feed)}${attributesOf({ 'xml:lang': feed.language })}>\n`,
    textElement('id', feed.id ?? feed.selfUrl ?? feed.homepage ?? 'urn:tributary:feed'),
    titleElement(feed.title),
    wordsElement('subtitle', feed.description, ' type="text"'),
    textElement('updated', feed.updated ?? '1970-01-01T00:00:00Z'),
    link({ rel: 'self', href: feed.selfUrl, type: 'application/atom+xml' }),
    link({ rel: 'alternate', href: feed.homepage, type: 'text/html' }),
    link({ rel: 'hub', href: feed.hubUrl }),
    link({ rel: 'license', href: licenseOf(feed) }),
    ...(feed.links ?? []).map(({ rel, href, type, title }) => link({ rel, href, type, title })),
    feed.isArchive === true ? '<fh:archive/>\n' : '',
    ...authors.map((person) => personElement('author', person)),
    ...(feed.contributors ?? []).map((person) => personElement('contributor', person)),
    ...(feed.categories ?? []).map(categoryElement),
    wordsElement('generator', feed.generator),
    textElement('icon', feed.icon && uriOf(feed.icon)),
    textElement('logo', logo && uriOf(logo)),
    wordsElement('rights', feed.rights, ' type="text"'),
    ...(feed.tombstones ?? []).map(
      ({ id, at }) =>
        `<at:deleted-entry${attributesOf({ ref: id, when: `${at.toISOString().slice(0, 19)}Z` })}/>\n`,
    ),
  ].join('');
}

/** The namespaces of RFC 5005 and RFC 6721, where they are used. */
function extensions({ isArchive, tombstones = [] }: FeedHead): string {
  return attributesOf({
    'xmlns:fh': isArchive === true ? 'http://purl.org/syndication/history/1.0' : undefined,
    'xmlns:at': tombstones.length > 0 ? 'http://purl.org/atompub/tombstones/1.0' : undefined,
  });
}

function link({ rel, href, ...others }: { [Name in keyof FeedLink]: FeedLink[Name] | undefined }): string {
  return href === undefined ? '' : `<link${attributesOf({ rel, href: uriOf(href), ...others })}/>\n`;
}

function newest(entries: readonly Entry[]): string | undefined {
  return entries
    .flatMap(({ updated, published }) => updated ?? published ?? [])
    .reduce<string | undefined>(
      (latest, time) => (latest === undefined || time > latest ? time : latest),
      undefined,
    );
}
