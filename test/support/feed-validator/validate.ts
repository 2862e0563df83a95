import { atomFeed } from './atom.ts';
import { complaint, type Complaint } from './complaint.ts';
import { namespacesOf, readDocument } from './elements.ts';
import { rss } from './rss.ts';
import { shapeComplaints } from './shape.ts';

/**
 * What the W3C feed validator would say of a document that was asked for under `url`, errors and warnings: its
 * rules for Atom 1.0 and RSS 2.0, as its messages and its source tell them, written anew. Where a rule of its own
 * is wider than what can be told without it (hosts that have to be looked up, HTML that html5lib has to parse), the
 * one here is the narrower.
 */
export function validatorComplaints(document: string, url: string): readonly Complaint[] {
  const root = readDocument(document);
  const unknown = namespacesOf(root)
    .filter((uri) => !knownNamespaces.has(uri))
    .map((uri) => complaint('UnknownNamespace', root.name, uri));
  const shape = root.name === 'feed' ? atomFeed(url) : root.name === 'rss' ? rss(url) : {};
  return [
    ...unknown,
    ...(root.name === 'feed' || root.name === 'rss' ? [] : [complaint('UndefinedElement', '', root.name)]),
    ...shapeComplaints(root, shape),
  ];
}

const knownNamespaces = new Set([
  'http://www.w3.org/2005/Atom',
  'http://purl.org/dc/elements/1.1/',
  'http://purl.org/rss/1.0/modules/content/',
  'http://purl.org/syndication/history/1.0',
]);
