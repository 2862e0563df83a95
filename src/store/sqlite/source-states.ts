import type { DatabaseSync } from 'node:sqlite';
import type { FeedInfo } from '../../model/feed.ts';
import { untouched, type PollTrace, type SourceRecord, type SourceState } from '../../model/source.ts';
import type { Registration } from '../store.ts';
import { date, type Row } from './rows.ts';
import { partOf, sameIn } from './state-parts.ts';
import { noTraces, tracesJson, type TracesJson } from './traces-json.ts';

/** A source's rows in all its tables. */
export const sourceRows = 'sources LEFT JOIN source_polls USING (id) LEFT JOIN source_documents USING (id)';

/** Clocks are corrected by less than this all the time; by more, one was put back. */
export const clockSlackMs = 60_000;

/** What is remembered of sources. */
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

interface Known {
  readonly stamp: number;
  readonly state: SourceState;
  readonly traces: TracesJson;
}

/** `database` is the writing connection, in a transaction at each call. */
export function createSourceStates(database: DatabaseSync): SourceStates {
  /**
   * States as they were last saved or read here. Another process gives another stamp to what it saves, and what
   * was undone has the one from before.
   */
  const known = new Map<string, Known>();

  const lease = `UPDATE source_polls SET lease_owner = ?, lease_until = ?, polled_at = ?
    WHERE id = ? AND ((lease_until <= ? OR lease_owner = ?) AND next_poll_at <= ? OR polled_at > ?)`;
  const takeKnown = database.prepare(`${lease} AND stamp = ?`);
  const take = database.prepare(`${lease} RETURNING stamp`);
  const load = database.prepare(`SELECT * FROM ${sourceRows} WHERE id = ?`);
  const poll =
    'UPDATE source_polls SET poll = ?, traces = ?, stamp = ?, next_poll_at = ?, lease_owner = NULL, lease_until = 0';
  const saveKnown = database.prepare(`${poll} WHERE id = ? AND stamp = ?`);
  const savePoll = database.prepare(`${poll} WHERE id = ?`);
  const saveLasting = database.prepare('UPDATE sources SET state = ? WHERE id = ?');
  const saveDocument = database.prepare('INSERT OR REPLACE INTO source_documents VALUES (?, ?, ?)');

  return {
    register: ({ id, title, private: isPrivate }) => {
      database
        .prepare(
          `INSERT INTO sources (id, title, private, state) VALUES (?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET title = excluded.title, private = excluded.private`,
        )
        .run(id, title, isPrivate ? 1 : 0, partOf(untouched, 'lasting'));
      database
        .prepare('INSERT OR IGNORE INTO source_polls (id, poll) VALUES (?, ?)')
        .run(id, partOf(untouched, 'poll'));
      database.prepare(`INSERT OR IGNORE INTO source_documents VALUES (?, '[]', NULL)`).run(id);
    },

    claim: (source, { owner, now, until, dueAt }) => {
      const at = now.getTime();
      const dueBy = dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
      const terms = [owner, until.getTime(), at, source, at, owner, dueBy, at + clockSlackMs] as const;
      const before = known.get(source);
      if (before && takeKnown.run(...terms, before.stamp).changes === 1) return before.state;
      const taken = take.get(...terms);
      const stored = taken && load.get(source);
      if (!stored) return undefined;
      const state = stateOf(stored);
      known.set(source, { stamp: taken['stamp'] as number, state, traces: noTraces });
      return state;
    },

    save: (source, state, nextPollAt) => {
      const before = known.get(source);
      const stamp = Math.floor(Math.random() * 2 ** 48);
      const traces = tracesJson(state.polls ?? [], before?.traces ?? noTraces);
      const row = [partOf(state, 'poll'), traces.json, stamp, nextPollAt.getTime(), source] as const;
      const isKnown = before !== undefined && saveKnown.run(...row, before.stamp).changes === 1;
      if (!isKnown) savePoll.run(...row);
      if (!isKnown || !sameIn('lasting', before.state, state))
        saveLasting.run(partOf(state, 'lasting'), source);
      if (!isKnown || !sameIn('document', before.state, state)) {
        const { history, feed } = state;
        saveDocument.run(source, JSON.stringify(history), feed === undefined ? null : JSON.stringify(feed));
      }
      known.set(source, { stamp, state, traces });
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
    ...(JSON.parse(row['poll'] as string) as Partial<SourceState>),
    ...(row['traces'] !== '[]' && { polls: JSON.parse(row['traces'] as string) as readonly PollTrace[] }),
    history: JSON.parse(row['history'] as string) as SourceState['history'],
    ...(row['feed'] !== null && { feed: JSON.parse(row['feed'] as string) as FeedInfo }),
  };
}
