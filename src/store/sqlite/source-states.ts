import type { FeedInfo } from '../../model/feed.ts';
import { untouched, type SourceRecord, type SourceState } from '../../model/source.ts';
import type { Registration } from '../store.ts';
import type { Reader } from './reader.ts';
import { date, type Row } from './rows.ts';

/** A source's rows in both tables. */
export const sourceRows = 'sources LEFT JOIN source_documents USING (id)';

/** Clocks are corrected by less than this all the time; by more, one was put back. */
export const clockSlackMs = 60_000;

/** What is remembered of sources: one table for what each poll changes, one for what only a document does. */
export interface SourceStates {
  readonly register: (source: Registration) => void;
  /** Takes the claim as `Store.claim` says. */
  readonly claim: (source: string, claim: Claim) => SourceState | undefined;
  /** Saves the state and gives the claim back. */
  readonly save: (source: string, state: SourceState, nextPollAt: Date) => void;
}

interface Claim {
  readonly owner: string;
  readonly now: Date;
  readonly until: Date;
  readonly dueAt: Date | undefined;
}

/** `on` is the writing connection, in a transaction at each call. */
export function createSourceStates({ all }: Reader): SourceStates {
  /** States as they were last saved or read here. Another process gives another stamp to what it saves. */
  const known = new Map<string, { readonly stamp: number; readonly state: SourceState }>();

  const saveDocument = (source: string, { history, feed }: SourceState): void => {
    all(
      'INSERT OR REPLACE INTO source_documents VALUES (?, ?, ?)',
      source,
      JSON.stringify(history),
      feed === undefined ? null : JSON.stringify(feed),
    );
  };

  return {
    register: ({ id, title, private: isPrivate }) => {
      all(
        `INSERT INTO sources (id, title, private, state) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, private = excluded.private`,
        id,
        title,
        isPrivate ? 1 : 0,
        pollJson(untouched),
      );
      all(`INSERT OR IGNORE INTO source_documents VALUES (?, '[]', NULL)`, id);
    },

    claim: (source, { owner, now, until, dueAt }) => {
      const [row] = all(
        `UPDATE sources SET lease_owner = ?, lease_until = ?, polled_at = ?
         WHERE id = ? AND ((lease_until <= ? OR lease_owner = ?) AND next_poll_at <= ? OR polled_at > ?)
         RETURNING stamp`,
        owner,
        until.getTime(),
        now.getTime(),
        source,
        now.getTime(),
        owner,
        dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER,
        now.getTime() + clockSlackMs,
      );
      if (!row) return undefined;
      const before = known.get(source);
      if (before && before.stamp === row['stamp']) return before.state;
      const [stored] = all(`SELECT * FROM ${sourceRows} WHERE id = ?`, source);
      return stored && stateOf(stored);
    },

    save: (source, state, nextPollAt) => {
      const before = known.get(source)?.state;
      const stamp = Math.floor(Math.random() * 2 ** 48);
      all(
        `UPDATE sources SET state = ?, stamp = ?, next_poll_at = ?, lease_owner = NULL, lease_until = 0
         WHERE id = ?`,
        pollJson(state),
        stamp,
        nextPollAt.getTime(),
        source,
      );
      if (before?.history !== state.history || before.feed !== state.feed) saveDocument(source, state);
      known.set(source, { stamp, state });
    },
  };
}

export function sourceRecord(row: Row): SourceRecord {
  return {
    id: row['id'] as string,
    title: row['title'] as string,
    private: row['private'] === 1,
    nextPollAt: date(row['next_poll_at']),
    state: stateOf(row),
  };
}

function stateOf(row: Row): SourceState {
  return {
    ...(JSON.parse(row['state'] as string) as Omit<SourceState, 'history' | 'feed'>),
    history: JSON.parse(row['history'] as string) as SourceState['history'],
    ...(row['feed'] !== null && { feed: JSON.parse(row['feed'] as string) as FeedInfo }),
  };
}

/** All of a state but what saveDocument saves. */
function pollJson(state: SourceState): string {
  return JSON.stringify({ ...state, history: undefined, feed: undefined });
}
