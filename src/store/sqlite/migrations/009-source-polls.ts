/**
 * What each poll changes of a source stands in small rows of its own: claim, next poll, that part of the state,
 * and the traces of the last polls.
 * The table has rowids, since one without them puts longer rows on a page each.
 */
const polled = [
  'failures',
  'failuresAlike',
  'lastOutcome',
  'lastPollAt',
  'lastSuccessAt',
  'nextPollBecause',
  'unchangedRun',
].map((key) => `'$.${key}'`);

export const sourcePolls = `
CREATE TABLE source_polls (
  id           TEXT PRIMARY KEY,
  next_poll_at INTEGER NOT NULL DEFAULT 0,
  polled_at    INTEGER NOT NULL DEFAULT 0,
  lease_owner  TEXT,
  lease_until  INTEGER NOT NULL DEFAULT 0,
  stamp        INTEGER NOT NULL DEFAULT 0,
  poll         TEXT NOT NULL,
  traces       TEXT NOT NULL DEFAULT '[]'
);
INSERT INTO source_polls
  SELECT id, next_poll_at, polled_at, lease_owner, lease_until, stamp,
    (SELECT json_group_object(key, iif(type IN ('array', 'object'), json(value), value))
     FROM json_each(state) WHERE fullkey IN (${polled.join(', ')})),
    coalesce(state -> '$.polls', '[]')
  FROM sources;
UPDATE sources SET state = json_remove(state, '$.polls', ${polled.join(', ')});
ALTER TABLE sources DROP COLUMN next_poll_at;
ALTER TABLE sources DROP COLUMN polled_at;
ALTER TABLE sources DROP COLUMN lease_owner;
ALTER TABLE sources DROP COLUMN lease_until;
ALTER TABLE sources DROP COLUMN stamp;
`;
