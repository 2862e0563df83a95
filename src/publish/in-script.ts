import type { Category, ItemSource, Person } from '../model/feed.ts';
import type { ScriptConverter } from '../text/script.ts';
import type { Entry, EntryReport, FeedHead } from './entry.ts';

/** The entry as readers of one script read it; one in another language than Chinese stays as it is. */
export function inScript(entry: Entry, converter: ScriptConverter): Entry {
  const { text, html, language } = converter;
  if (entry.language !== undefined && !/^zh\b/i.test(entry.language)) return entry;
  return {
    ...entry,
    ...given(entry, 'title', text),
    ...given(entry, 'summary', html),
    ...given(entry, 'content', html),
    ...given(entry, 'rights', text),
    ...given(entry, 'language', language),
    ...given(entry, 'source', (source) => sourceInScript(source, converter)),
    ...given(entry, 'authors', (people) => peopleInScript(people, converter)),
    ...given(entry, 'contributors', (people) => peopleInScript(people, converter)),
    ...given(entry, 'categories', (categories) =>
      categories.map((category) => categoryInScript(category, converter)),
    ),
    ...given(entry, 'reports', (reports) =>
      reports.map((report): EntryReport => ({ ...report, sourceTitle: text(report.sourceTitle) })),
    ),
  };
}

/** What a feed says of itself, in one script. */
export function headInScript(head: FeedHead, converter: ScriptConverter): FeedHead {
  const { text, language } = converter;
  return {
    ...head,
    ...given(head, 'title', text),
    ...given(head, 'description', text),
    ...given(head, 'rights', text),
    ...given(head, 'language', language),
    ...given(head, 'authors', (people) => peopleInScript(people, converter)),
  };
}

function peopleInScript(people: readonly Person[], { text }: ScriptConverter): readonly Person[] {
  return people.map((person) => ({ ...person, ...given(person, 'name', text) }));
}

function sourceInScript(source: ItemSource, { text }: ScriptConverter): ItemSource {
  return { ...source, ...given(source, 'title', text), ...given(source, 'rights', text) };
}

/** A term is an identifier and stays; what is shown of it is its label. */
function categoryInScript(category: Category, { text }: ScriptConverter): Category {
  const { term, label = term } = category;
  const converted = text(label);
  return converted === label ? category : { ...category, label: converted };
}

/** The field with its value changed, where there is one. */
function given<Fields extends object, Name extends keyof Fields>(
  fields: Fields,
  name: Name,
  change: (value: NonNullable<Fields[Name]>) => NonNullable<Fields[Name]>,
): Partial<Record<Name, NonNullable<Fields[Name]>>> {
  const value = fields[name];
  if (value === undefined || value === null) return {};
  return { [name]: change(value) } as Partial<Record<Name, NonNullable<Fields[Name]>>>;
}
