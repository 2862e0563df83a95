import { complaint, type Complaint } from './complaint.ts';
import { childrenOf, type Element } from './elements.ts';
import { linksOf } from './link.ts';
import { repeated } from './shape.ts';

/** What speaks against an Atom feed as a whole: its place, its archives, its authors, what entries have in common. */
export const feedComplaints = (element: Element, at: string, url: string): readonly Complaint[] => [
  ...selfComplaints(element, at, url),
  ...archiveComplaints(element, at),
  ...authorComplaints(element, at),
  ...repeated(textsOf(element, 'id'), 'DuplicateEntries', 'entry/id'),
  ...repeated(textsOf(element, 'updated'), 'DuplicateUpdated', 'entry/updated'),
];

function textsOf(feed: Element, name: string): readonly string[] {
  return childrenOf(feed, 'entry').flatMap((child) => childrenOf(child, name).map(({ text }) => text.trim()));
}

function selfComplaints(element: Element, at: string, url: string): readonly Complaint[] {
  const selves = linksOf(element).filter(({ rel }) => rel === 'self');
  if (selves.length === 0) return [complaint('MissingSelf', at)];
  return selves.flatMap(({ href, type }) => [
    ...(URL.canParse(href) ? [] : [complaint('RelativeSelf', at, href)]),
    ...(href === url ? [] : [complaint('SelfDoesntMatchLocation', at, href)]),
    ...(type === '' || /^application\/(?:atom|rss|rdf)\+xml(?:;|$)/.test(type)
      ? []
      : [complaint('SelfNotAtom', at, type)]),
  ]);
}

/** An archive hangs on a chain, and says where the feed is (RFC 5005, 4). */
function archiveComplaints(element: Element, at: string): readonly Complaint[] {
  if (childrenOf(element, 'fh:archive').length === 0) return [];
  const rels = new Set(linksOf(element).map(({ rel }) => rel));
  const isChained = rels.has('prev-archive') || rels.has('next-archive');
  return [
    ...(isChained ? [] : [complaint('ArchiveIncomplete', at)]),
    ...(rels.has('current') ? [] : [complaint('MissingCurrentInArchive', at)]),
  ];
}

function authorComplaints(feed: Element, at: string): readonly Complaint[] {
  const has = (element: Element) => childrenOf(element, 'author').length > 0;
  if (has(feed)) return [];
  const anonymous = childrenOf(feed, 'entry').filter(
    (child) => !has(child) && !childrenOf(child, 'source').some(has),
  );
  return anonymous.map(() => complaint('MissingElement', `${at}/entry`, 'author'));
}
