import type { Person } from '../../model/feed.ts';
import { child, named, textOf, type XmlElement } from '../../parse/xml/element.ts';
import type { NormalizeContext } from '../context.ts';
import { mergePeople, person, personFromText } from '../people.ts';
import { urlIn } from './scope.ts';
import { tokenOf } from './text-construct.ts';

/** Who wrote an item, all sources together. */
const itemAuthors = ['author', 'atom:author', 'dc:creator', 'dc:author', 'dcterms:creator'];
/** Where no one of these is given, the first of those. */
const itemAuthorFallback = ['itunes:author', 'googleplay:author', 'media:credit'];

const feedAuthors = ['managingeditor', 'author', 'atom:author', 'dc:creator', 'dc:author', 'dcterms:creator'];
const feedAuthorFallback = ['itunes:author', 'googleplay:author', 'itunes:owner', 'dc:publisher'];

const contributorNames = [
  'contributor',
  'atom:contributor',
  'dc:contributor',
  'dcterms:contributor',
  'podcast:person',
  'webmaster',
];

export function itemPeople(item: XmlElement, context: NormalizeContext): readonly Person[] | undefined {
  return people(item, itemAuthors, context) ?? firstPeople(item, itemAuthorFallback, context);
}

export function feedPeople(feed: XmlElement, context: NormalizeContext): readonly Person[] | undefined {
  return people(feed, feedAuthors, context) ?? firstPeople(feed, feedAuthorFallback, context);
}

function firstPeople(
  parent: XmlElement,
  names: readonly string[],
  context: NormalizeContext,
): readonly Person[] | undefined {
  for (const name of names) {
    const found = people(parent, [name], context);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function contributorsOf(parent: XmlElement, context: NormalizeContext): readonly Person[] | undefined {
  return people(parent, contributorNames, context);
}

function people(
  parent: XmlElement,
  names: readonly string[],
  context: NormalizeContext,
): readonly Person[] | undefined {
  return mergePeople(
    names.flatMap((name) => named(parent, name).map((element) => personOf(element, context))),
  );
}

/** A person construct with name, email and uri, or one written as text. */
function personOf(element: XmlElement, context: NormalizeContext): Person | undefined {
  const part = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const found = child(element, name);
      const token = found === undefined ? undefined : tokenOf(found);
      if (token !== undefined) return token;
    }
    return undefined;
  };
  const role = element.attributes.get('role')?.trim();
  if (!element.children.some((node) => typeof node !== 'string')) {
    const found = personFromText(textOf(element));
    const url = urlIn(element, element.attributes.get('href'), context);
    return found && { ...found, ...(url ? { url } : {}), ...(role ? { role } : {}) };
  }
  const name = part('atom:name', 'name', 'itunes:name', 'foaf:name');
  const email = part('atom:email', 'email', 'itunes:email')?.replace(/^mailto:/i, '');
  const url = urlIn(
    element,
    part('atom:uri', 'atom:url', 'uri', 'url', 'atom:homepage', 'homepage'),
    context,
  );
  const named = name === undefined ? undefined : personFromText(name);
  return person(named?.name ?? name, email ?? named?.email, url, role) ?? personFromText(textOf(element));
}
