import type { Item } from '../model/feed.ts';
import { fold } from '../text/fold.ts';
import { htmlToText } from '../text/html/to-text.ts';
import type { ScriptConverter } from '../text/script.ts';
import type { Entry } from './entry.ts';
import type { FeedParameters } from '../model/settings.ts';

/** How many of the newest stories a search looks at. */
export const searchDepth = 2000;

/** Whether an item has every term of `q` and none of `exclude`, in its title or its text, as folded text. */
export function textFilter({
  q = '',
  exclude = '',
}: Pick<FeedParameters, 'q' | 'exclude'>): (item: Item) => boolean {
  const wanted = termsOf(q);
  const unwanted = termsOf(exclude);
  return ({ title = '', content, summary = '' }) => {
    const text = fold(`${title} ${htmlToText(content ?? summary)}`);
    return wanted.every((term) => text.includes(term)) && !unwanted.some((term) => text.includes(term));
  };
}

function termsOf(words: string): readonly string[] {
  return fold(words)
    .split(/\s+/)
    .filter((term) => term !== '');
}

/** The entry as readers of one script read it. */
export function inScript(entry: Entry, { text, html, language }: ScriptConverter): Entry {
  const { title, summary, content, source } = entry;
  return {
    ...entry,
    ...(title !== undefined && { title: text(title) }),
    ...(summary !== undefined && { summary: html(summary) }),
    ...(content !== undefined && { content: html(content) }),
    ...(entry.language !== undefined && { language: language(entry.language) }),
    ...(source && {
      source: { ...source, ...(source.title !== undefined && { title: text(source.title) }) },
    }),
    ...(entry.authors && {
      authors: entry.authors.map((person) => ({
        ...person,
        ...(person.name !== undefined && { name: text(person.name) }),
      })),
    }),
    ...(entry.categories && {
      categories: entry.categories.map((category) => ({
        ...category,
        ...(category.label !== undefined && { label: text(category.label) }),
      })),
    }),
  };
}
