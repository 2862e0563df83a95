import type { Item } from '../model/feed.ts';
import { fold } from '../text/fold.ts';
import { htmlToText } from '../text/html/to-text.ts';

/** All texts together have at most so many characters: some thousands of them. */
const maxCharacters = 8_000_000;

/** What searches look into: titles and texts, folded once for each revision. */
export interface SearchTexts {
  /** Undefined where it has to be made, by {@link SearchTexts.add}. */
  readonly get: (name: string, revision: number) => string | undefined;
  /** The item's text, kept under a name; the ones that were added longest ago go first. */
  readonly add: (name: string, revision: number, item: Item) => string;
}

export function createSearchTexts(): SearchTexts {
  const texts = new Map<string, { readonly revision: number; readonly text: string }>();
  let characters = 0;
  const remove = (name: string): void => {
    characters -= texts.get(name)?.text.length ?? 0;
    texts.delete(name);
  };
  return {
    get: (name, revision) => {
      const known = texts.get(name);
      return known?.revision === revision ? known.text : undefined;
    },
    add: (name, revision, { title = '', summary = '', content = summary }) => {
      remove(name);
      const text = fold(`${title} ${htmlToText(content)}`);
      texts.set(name, { revision, text });
      characters += text.length;
      for (const oldest of texts.keys()) {
        if (characters <= maxCharacters) break;
        remove(oldest);
      }
      return text;
    },
  };
}

/** Whether a folded text has every term of `q` and none of `exclude`. */
export function textFilter({
  q = '',
  exclude = '',
}: {
  readonly q?: string | undefined;
  readonly exclude?: string | undefined;
}): (text: string) => boolean {
  const wanted = termsOf(q);
  const unwanted = termsOf(exclude);
  return (text) =>
    wanted.every((term) => text.includes(term)) && !unwanted.some((term) => text.includes(term));
}

function termsOf(words: string): readonly string[] {
  return fold(words)
    .split(/\s+/)
    .filter((term) => term !== '');
}
