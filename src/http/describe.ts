import { publicUrl } from '../model/credentials.ts';
import { holdOn, type Holds } from '../model/hold.ts';
import {
  statusOf,
  type Moved,
  type PollOutcome,
  type PollTrace,
  type Source,
  type SourceRecord,
} from '../model/source.ts';
import type { StoredItem, Story } from '../model/story.ts';
import { linkOf, titleOf, type PublishedSource } from '../publish/entries.ts';
import { feedUrl } from '../publish/feed-spec.ts';
import { published } from '../publish/published.ts';
import type { Removal } from '../store/store.ts';

/** What the API says of what is stored. */

export type Sources = ReadonlyMap<string, PublishedSource>;

/** The item as far as it may be published. */
export function publicItem({ item, source }: StoredItem, sources: Sources) {
  return published(item, sources.get(source)?.republish ?? 'title');
}

/** The canonical item's own `source`, where it came from before it came here, is called `origin`. */
export function describeItem(stored: StoredItem, story: Story | undefined, sources: Sources) {
  const { source: origin, ...item } = publicItem(stored, sources);
  return {
    ...item,
    ...(origin && { origin }),
    source: stored.source,
    apiId: stored.apiId,
    entryId: stored.entryId,
    titleHash: stored.titleHash,
    topics: stored.topics,
    firstSeen: stored.firstSeen,
    revision: stored.revision,
    ...(story && { story: { id: story.id, lead: story.lead.entryId } }),
  };
}

export function describeRemoval({ entryId, source, revision }: Removal) {
  return { id: entryId, entryId, source, deleted: true, revision };
}

export function describeStory(story: Story, sources: Sources, siteUrl: string) {
  return {
    id: story.id,
    title: titleOf(publicItem(story.lead, sources)),
    url: linkOf(story.lead, siteUrl),
    published: story.published,
    updated: story.updated,
    firstSeen: story.firstSeen,
    topics: story.topics,
    lead: story.lead.entryId,
    revision: story.revision,
    reports: story.reports.map((report) => ({
      source: report.source,
      entryId: report.entryId,
      apiId: report.apiId,
      title: report.item.title,
      url: linkOf(report, siteUrl),
      published: report.published,
      firstSeen: report.firstSeen,
      matched: report.matched,
    })),
  };
}

export function describeSource(
  source: Source,
  record: SourceRecord | undefined,
  items: number,
  { holds, siteUrl }: { readonly holds: Holds; readonly siteUrl: string },
) {
  const { state } = record ?? {};
  return {
    id: source.id,
    title: source.title,
    format: source.format,
    ...(source.location.kind === 'http' && { url: publicUrl(source.location.url) }),
    ...(source.private && { private: true }),
    state: statusOf(source, state),
    stateSince: state?.statusSince,
    stateBecause: state?.statusCause,
    items,
    lastPoll: state?.lastPollAt,
    lastSuccess: state?.lastSuccessAt,
    lastOutcome: state?.lastOutcome && describeOutcome(state.lastOutcome),
    failures: state?.failures ?? 0,
    lastNew: state?.lastNewAt,
    documents: state?.history,
    polls: state?.polls?.map(describePoll),
    ...(state?.moved && { movedTo: describeMove(state.moved) }),
    ...(record && source.enabled && { nextPoll: nextPollOf(source, record, holds) }),
    feed: feedUrl(siteUrl, `sources/${source.id}`, 'atom'),
  };
}

/** A document's size and items, where there was one. */
function describePoll([at, outcome, ms, status = 0, bytes = 0, items = 0, added = 0]: PollTrace) {
  return {
    at: new Date(at),
    outcome,
    ...(status > 0 && { status }),
    ms,
    ...(outcome === 'fetched' && { bytes, items, new: added }),
  };
}

/** When the source is polled next, and why then: what it shares a host or URL with may have it wait longer. */
function nextPollOf({ location }: Source, { nextPollAt, state }: SourceRecord, holds: Holds) {
  const hold = holdOn(location, holds);
  return hold && hold.until > nextPollAt
    ? { at: hold.until, because: `${publicUrl(hold.name)} asked to be left alone` }
    : { at: nextPollAt, because: state.nextPollBecause };
}

export function describeOutcome(outcome: PollOutcome) {
  const { movedTo } = outcome;
  return { ...outcome, ...(movedTo !== undefined && { movedTo: publicUrl(movedTo) }) };
}

function describeMove({ from, to, since }: Moved) {
  return { from: publicUrl(from), to: publicUrl(to), since };
}
