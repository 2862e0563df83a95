import { renderEntry, type RenderedEntry } from '../publish/document.ts';
import { entryOfItem, entryOfStory, type EntryContext } from '../publish/entries.ts';
import type { Entry } from '../publish/entry.ts';
import type { FeedParameters } from '../model/settings.ts';
import { inScript, textFilter } from '../publish/selection.ts';
import type { Member, Store } from '../store/store.ts';
import { scriptConverter } from '../text/script.ts';
import type { EntryKind } from './entry-cache.ts';

/** Whether a request asks for other entries than those that all feeds share, or for other texts in them. */
export function isCustom({ q, exclude, content, script }: FeedParameters): boolean {
  return [q, exclude, content, script].some((value) => value !== undefined);
}

/** Entries as one request wants them: searched, with less content, in one script. */
export async function customEntries(
  store: Store,
  kind: EntryKind,
  members: readonly Member[],
  parameters: FeedParameters,
  {
    context,
    language,
    most,
  }: { readonly context: EntryContext; readonly language: string; readonly most: number },
): Promise<readonly RenderedEntry[]> {
  const { content, script } = parameters;
  const told = content === undefined ? context : { ...context, settings: { ...context.settings, content } };
  const isWanted = textFilter(parameters);
  const keys = members.map(({ key }) => key);
  const found =
    kind === 'story'
      ? inOrder(keys, await store.stories(keys))
          .filter(({ lead }) => isWanted(lead.item))
          .map((story) => () => entryOfStory(story, told))
      : inOrder(keys, await store.items(keys))
          .filter(({ item }) => isWanted(item))
          .map((item) => () => entryOfItem(item, told));
  const entries: readonly Entry[] = found.slice(0, parameters.limit ?? most).map((entry) => entry());
  if (script === undefined) return entries.map((entry) => renderEntry(entry, language));
  const converter = await scriptConverter(script);
  return entries.map((entry) => renderEntry(inScript(entry, converter), converter.language(language)));
}

function inOrder<Value extends { readonly key: number }>(
  keys: readonly number[],
  values: readonly Value[],
): readonly Value[] {
  const byKey = new Map(values.map((value) => [value.key, value]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
