import { escapeHtml } from '../text/html/escape.ts';
import type { Entry } from './entry.ts';
import type { FeedSpec } from './feed-spec.ts';

/** A time in which a source was not as it should be. */
export interface PublishedIncident {
  readonly key: number;
  readonly source: string;
  readonly kind: string;
  readonly cause: string;
  readonly openedAt: Date;
  readonly closedAt?: Date;
}

/** The feed for those who run the program; it is no part of the news. */
export const incidentsSpec = (siteTitle: string): FeedSpec => ({
  path: 'incidents',
  title: `${siteTitle} · source incidents`,
  description: 'When a source cannot be read as usual, and when it can again',
  of: { kind: 'incidents' },
});

/** An entry for each opening and each closing, newest first. */
export function incidentEntries(
  incidents: readonly PublishedIncident[],
  {
    idOf,
    sourceTitle,
    siteUrl,
  }: { idOf: (path: string) => string; sourceTitle: (id: string) => string; siteUrl: string },
): readonly Entry[] {
  const entries = incidents.flatMap(({ key, source, kind, cause, openedAt, closedAt }): Entry[] => {
    const name = sourceTitle(source);
    const base = {
      url: `${siteUrl}/api/sources/${source}`,
      categories: [{ term: kind }],
      authors: [{ name }],
    };
    const opened = {
      ...base,
      id: idOf(`incidents/${key}/opened`),
      title: `${name}: ${kind}`,
      content: `<p>${escapeHtml(cause)}</p>`,
      ...at(openedAt),
    };
    if (!closedAt) return [opened];
    const lasted = Math.max(1, Math.round((closedAt.getTime() - openedAt.getTime()) / 60_000));
    const closed = {
      ...base,
      id: idOf(`incidents/${key}/closed`),
      title: `${name}: no longer ${kind}`,
      content: `<p>After ${lasted} min.</p>`,
      ...at(closedAt),
    };
    return [closed, opened];
  });
  return entries.sort((a, b) =>
    a.updated === b.updated ? 0 : (a.updated ?? '') < (b.updated ?? '') ? 1 : -1,
  );
}

function at(date: Date): { readonly published: string; readonly updated: string } {
  const time = `${date.toISOString().slice(0, 19)}Z`;
  return { published: time, updated: time };
}
