import type { PublishSettings, SiteSettings } from '../model/settings.ts';
import type { RenderedEntry } from '../publish/document.ts';
import type { EntryContext } from '../publish/entries.ts';
import type { FeedSpec } from '../publish/feed-spec.ts';
import { feedFormats, type FeedFormatName, type Representation } from '../publish/representation.ts';
import type { FeedState, Store } from '../store/store.ts';
import type { Archives } from './archives.ts';
import { breathe } from './breathe.ts';
import { demandOf } from './demand.ts';
import type { Documents } from './documents.ts';
import type { EntriesOf } from './entry-cache.ts';
import { converterOf, createFeedEntries, type FeedEntries } from './feed-entries.ts';
import { windowMs } from './feed-query.ts';
import { heldEntries } from './held-entries.ts';
import { firstExpiry, hasArchives, sameMembers, tombstonesAfter, type Held } from './membership.ts';
import type { Select } from './selection.ts';

/** A feed as it is served now. */
export interface Served extends Held {
  readonly formats: ReadonlyMap<FeedFormatName, Representation>;
  /** Held here, so that they need not be rendered again while the feed is in memory. */
  readonly entries: readonly RenderedEntry[];
  /** What its head tells that changes: the newest archive and tombstones. */
  readonly told: string;
}

/** What a feed is brought up to. */
export interface Renewal {
  /** What its documents were. */
  readonly known: ReadonlyMap<string, FeedState>;
  readonly archives: Archives;
  /** The revision that it is brought to. */
  readonly at: number;
}

export interface FeedMaker {
  /** The feed as it is now, `before` itself where it is that, and which of its documents are others than before. */
  readonly feed: (
    spec: FeedSpec,
    renewal: Renewal,
    before?: Served,
  ) => Promise<{ readonly feed: Served; readonly changed: ReadonlyMap<string, FeedState> }>;
  readonly entries: FeedEntries;
}

export function createFeedMaker(tools: {
  readonly store: Store;
  readonly settings: PublishSettings;
  readonly site: SiteSettings;
  readonly context: () => EntryContext;
  readonly documents: Documents;
  readonly select: Select;
  readonly entriesOf: EntriesOf;
  readonly now: () => Date;
}): FeedMaker {
  const { store, settings, documents, select, entriesOf, now } = tools;
  const feedEntries = createFeedEntries(tools);

  const feed: FeedMaker['feed'] = async (spec, { known, archives, at }, before) => {
    // What comes while it is being made is in the next one, which is not to be older.
    const startedAt = now();
    const changedAmong = (formats: Served['formats']): ReadonlyMap<string, FeedState> => {
      const changed = new Map<string, FeedState>();
      for (const [format, { hash, lastModified }] of formats) {
        const name = `${spec.path}.${format}`;
        if (known.get(name)?.hash !== hash)
          changed.set(name, { hash, revision: at, changedAt: lastModified });
      }
      return changed;
    };
    const demand = demandOf(spec);
    const held = hasArchives(spec)
      ? await heldEntries(spec, { store, settings, archives, entriesOf, now: startedAt })
      : { members: await select(spec, demand), entries: undefined };
    const { members } = held;
    const tombstones = await tombstonesAfter(store, spec, archives.sealedThrough(spec.path));
    const numbers = archives.of(spec.path).map(({ number }) => number);
    const told = JSON.stringify([numbers.at(-1), tombstones]);
    const staleAt = firstExpiry(members, windowMs(settings), startedAt);
    if (before?.told === told && sameMembers(before.members, members))
      return { feed: { ...before, staleAt }, changed: changedAmong(before.formats) };
    const entries = held.entries ?? (await feedEntries(spec, members, demand, feedFormats));
    const facts = { tombstones, archives: numbers, converter: await converterOf(demand) };
    const formats = new Map<FeedFormatName, Representation>();
    for (const format of feedFormats) {
      // Small documents are compressed at once, each for some milliseconds.
      await breathe();
      const name = `${spec.path}.${format}`;
      const changedAt = changeOf(known.get(name), () => startedAt);
      formats.set(format, await documents.represent(spec, format, entries, changedAt, facts));
    }
    return { feed: { members, entries, formats, staleAt, told }, changed: changedAmong(formats) };
  };

  return { feed, entries: feedEntries };
}

/** When a document with a hash came to be, as far as is remembered of the one before. */
export const changeOf = (before: FeedState | undefined, now: () => Date) => (hash: string) =>
  before?.hash === hash ? before.changedAt : wholeSecond(now());

/** HTTP dates have seconds only. */
export function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
