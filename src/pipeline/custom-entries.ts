import type { PublishSettings } from '../model/settings.ts';
import { renderEntry, type RenderedEntry } from '../publish/document.ts';
import type { EntryContext } from '../publish/entries.ts';
import { inScript } from '../publish/in-script.ts';
import type { FeedFormatName } from '../publish/representation.ts';
import type { Store } from '../store/store.ts';
import type { ScriptConverter } from '../text/script.ts';
import { loadEntries, type EntryKind, type MemberKey } from './entry-cache.ts';
import { inBatches } from './in-batches.ts';

/** Texts as one feed or request wants them. */
export interface CustomTexts {
  readonly content: PublishSettings['content'];
  readonly converter: ScriptConverter | undefined;
}

/** So many are loaded, converted and rendered before others have their turn. */
const entriesAtOnce = 20;

/** The members' entries in the formats asked for, with less content or in one script. */
export function customEntries<Format extends FeedFormatName>(
  store: Store,
  kind: EntryKind,
  members: readonly MemberKey[],
  formats: readonly Format[],
  { content, converter }: CustomTexts,
  { context, language }: { readonly context: EntryContext; readonly language: string },
): Promise<readonly RenderedEntry<Format>[]> {
  const told = { ...context, settings: { ...context.settings, content } };
  const feedLanguage = converter?.language(language) ?? language;
  const keys = members.map(({ key }) => key);
  return inBatches(keys, entriesAtOnce, async (batch) =>
    (await loadEntries(store, kind, batch, told)).map(({ entry }) =>
      renderEntry(converter ? inScript(entry, converter) : entry, feedLanguage, formats),
    ),
  );
}
