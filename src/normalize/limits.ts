import type { Item, Timestamp, Warning } from '../model/feed.ts';
import { cutHtml } from '../text/html/cut.ts';
import { known } from './known.ts';

/** What one document may bring (docs/FEEDS.md); what is longer is cut, what is more is left out. */
const limits = {
  items: 2_000,
  textLength: 1_024,
  contentBytes: 256 * 1024,
  idLength: 2_048,
  categories: 64,
  enclosures: 16,
} as const;

/**
 * The newest 2,000 of a document's items. Documents run newest first, unless their last item is newer than
 * their first: then the last 2,000 are kept.
 */
export function newest<T>(
  items: readonly T[],
  dateOf: (item: T) => Timestamp | undefined,
  warnings: Warning[],
): readonly T[] {
  const [first, last] = [items[0], items.at(-1)];
  if (items.length <= limits.items || first === undefined || last === undefined) return items;
  warnings.push({
    code: 'too-many-items',
    message: `of ${items.length} items the newest ${limits.items} were read`,
  });
  const runsForward = (dateOf(first) ?? '') < (dateOf(last) ?? '');
  return runsForward ? items.slice(-limits.items) : items.slice(0, limits.items);
}

/** The item within the limits. */
export function limitItem(item: Item, warnings: Warning[]): Item {
  const { id, summary, content, categories, enclosures } = item;
  const changes: { -readonly [K in keyof Item]: Item[K] | undefined } = {};
  const cut = (what: string): void => {
    warnings.push({
      code: 'too-long',
      message: `${what} of “${(item.title ?? id ?? '').slice(0, 80)}” was cut`,
    });
  };
  if (summary !== undefined && isTooLong(summary)) {
    changes.summary = cutHtml(summary, limits.contentBytes);
    cut('the summary');
  }
  if (content !== undefined && isTooLong(content)) {
    changes.content = cutHtml(content, limits.contentBytes);
    cut('the content');
  }
  if (
    categories?.some(({ term }) => term.length > limits.textLength) ||
    (categories?.length ?? 0) > limits.categories
  ) {
    changes.categories = categories
      ?.slice(0, limits.categories)
      .map((category) => ({ ...category, term: category.term.slice(0, limits.textLength).toWellFormed() }));
  }
  if (enclosures !== undefined && enclosures.length > limits.enclosures) {
    changes.enclosures = enclosures.slice(0, limits.enclosures);
    cut('the list of enclosures');
  }
  if (id !== undefined && id.length > limits.idLength) {
    // Half an id would make two items one: without one the URL tells them apart.
    changes.id = undefined;
    cut('the id');
  }
  return Object.keys(changes).length === 0 ? item : known<Item>({ ...item, ...changes });
}

function isTooLong(html: string): boolean {
  return html.length * 3 > limits.contentBytes && Buffer.byteLength(html) > limits.contentBytes;
}
