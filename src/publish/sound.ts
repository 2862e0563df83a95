import type { Category, Enclosure, ItemSource, Person } from '../model/feed.ts';
import { isAbsoluteIri, isWebUrl } from '../text/url.ts';
import type { Entry, FeedHead } from './entry.ts';
import { isAddress, isFetchable, isLanguage, isMediaType, isPersonal, mailbox } from './sound-values.ts';
import { saysSomething } from './xml.ts';

/**
 * The entry without what no format can say: what a source wrote where an address, a media type or a language
 * belongs and is none. Texts stay as they are; the formats escape them.
 */
export function soundEntry(entry: Entry): Entry {
  const { authors, contributors, categories, enclosures, source, reports } = entry;
  return {
    ...keepSound(entry, {
      title: saysSomething,
      summary: saysSomething,
      content: saysSomething,
      rights: saysSomething,
      url: isWebUrl,
      image: isWebUrl,
      commentsUrl: isWebUrl,
      license: isWebUrl,
      language: isLanguage,
    }),
    ...(authors && { authors: soundPeople(authors) }),
    ...(contributors && { contributors: soundPeople(contributors) }),
    ...(categories && { categories: soundCategories(categories) }),
    ...(enclosures && { enclosures: soundEnclosures(enclosures) }),
    ...(source && { source: soundSource(source) }),
    ...(reports && { reports: reports.filter(({ url }) => isWebUrl(url)) }),
  };
}

/** The same of what is told of a feed. */
export function soundHead(head: FeedHead): FeedHead {
  const { authors, contributors, categories } = head;
  return {
    ...keepSound(head, {
      id: isAbsoluteIri,
      selfUrl: isAbsoluteIri,
      homepage: isWebUrl,
      hubUrl: isWebUrl,
      license: isWebUrl,
      icon: isWebUrl,
      logo: isWebUrl,
      image: isWebUrl,
      language: isLanguage,
    }),
    ...(authors && { authors: soundPeople(authors) }),
    ...(contributors && { contributors: soundPeople(contributors) }),
    ...(categories && { categories: soundCategories(categories) }),
  };
}

/** A person has a name in every format: an address or a URL stands in for one. */
function soundPeople(people: readonly Person[]): readonly Person[] {
  return people.flatMap((person): readonly Person[] => {
    const { email, url, role } = keepSound(person, { email: isAddress, url: isPersonal });
    const name = [person.name?.replace(mailbox, '').trim(), email, url].find(saysSomething);
    if (name === undefined) return [];
    return [
      {
        name,
        ...(email !== undefined && { email }),
        ...(url !== undefined && { url }),
        ...(role !== undefined && { role }),
      },
    ];
  });
}

/** Each once; a category is its term. */
function soundCategories(categories: readonly Category[]): readonly Category[] {
  const named = categories
    .filter(({ term }) => saysSomething(term))
    .map((category) => keepSound(category, { label: saysSomething, scheme: saysSomething }));
  return uniqueBy(named, ({ term, scheme = '' }) => `${scheme} ${term}`);
}

function soundEnclosures(enclosures: readonly Enclosure[]): readonly Enclosure[] {
  const found = enclosures.filter(({ url }) => isFetchable(url));
  return uniqueBy(found, ({ url }) => url).map((enclosure) => keepSound(enclosure, { type: isMediaType }));
}

function soundSource(source: ItemSource): ItemSource {
  return keepSound(source, {
    id: isAbsoluteIri,
    title: saysSomething,
    url: isWebUrl,
    homepage: isWebUrl,
    license: isWebUrl,
  });
}

/** The value without those of its texts that do not pass their check. */
function keepSound<Value extends object>(
  value: Value,
  checks: { readonly [Key in keyof Value]?: (text: string) => boolean },
): Value {
  const kept = Object.entries(value).filter(([key, text]) => {
    const check = checks[key as keyof Value];
    return check === undefined || (typeof text === 'string' && check(text));
  });
  return Object.fromEntries(kept) as Value;
}

/** The first of those that have the same key. */
function uniqueBy<Value>(values: readonly Value[], key: (value: Value) => string): readonly Value[] {
  return [...new Map(values.toReversed().map((value) => [key(value), value])).values()].reverse();
}
