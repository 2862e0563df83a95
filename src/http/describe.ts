import { publicUrl } from '../model/credentials.ts';
import type { Moved, PollOutcome, Source, SourceRecord } from '../model/source.ts';
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
  siteUrl: string,
) {
  const { state, nextPollAt } = record ?? {};
  return {
    id: source.id,
    title: source.title,
    format: source.format,
    ...(source.location.kind === 'http' && { url: publicUrl(source.location.url) }),
    ...(source.private && { private: true }),
    state: state?.status ?? 'new',
    stateSince: state?.statusSince,
    stateBecause: state?.statusCause,
    items,
    lastPoll: state?.lastPollAt,
    lastSuccess: state?.lastSuccessAt,
    lastOutcome: state?.lastOutcome && describeOutcome(state.lastOutcome),
    failures: state?.failures ?? 0,
    lastNew: state?.lastNewAt,
    documents: state?.history,
    ...(state?.moved && { movedTo: describeMove(state.moved) }),
    ...(nextPollAt && { nextPoll: { at: nextPollAt, because: state?.nextPollBecause } }),
    feed: feedUrl(siteUrl, `sources/${source.id}`, 'atom'),
  };
}

export function describeOutcome(outcome: PollOutcome) {
  const { movedTo } = outcome;
  return { ...outcome, ...(movedTo !== undefined && { movedTo: publicUrl(movedTo) }) };
}

function describeMove({ from, to, since }: Moved) {
  return { from: publicUrl(from), to: publicUrl(to), since };
}
