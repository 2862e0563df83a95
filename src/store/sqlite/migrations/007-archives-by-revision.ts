/**
 * Archives are told apart by revision: what changes leaves its archive, stands in the feed's document again and
 * is sealed anew. A revision is one row's alone; those that several stories shared are made different here.
 * Of archives by key their highest number stays, in one that holds nothing, so that none comes twice.
 */
export const archivesByRevision = `
WITH shared AS (
  SELECT key, row_number() OVER (ORDER BY revision, key) AS place FROM stories
  WHERE revision IN (SELECT revision FROM stories GROUP BY revision HAVING count(*) > 1)
)
UPDATE stories SET revision = (SELECT revision FROM counter) + shared.place FROM shared
WHERE shared.key = stories.key;
UPDATE counter SET revision = max(revision, (SELECT coalesce(max(revision), 0) FROM stories));

ALTER TABLE story_topics ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
UPDATE story_topics SET revision = (SELECT revision FROM stories WHERE key = story);
CREATE INDEX story_topics_by_revision ON story_topics (topic, revision);
DROP INDEX items_by_source;
CREATE INDEX items_by_source_revision ON items (source, revision);

ALTER TABLE archives RENAME TO archives_by_key;
CREATE TABLE archives (
  feed    TEXT NOT NULL,
  number  INTEGER NOT NULL,
  through INTEGER NOT NULL,
  PRIMARY KEY (feed, number)
) WITHOUT ROWID;
INSERT INTO archives SELECT feed, max(number), 0 FROM archives_by_key GROUP BY feed;
DROP TABLE archives_by_key;

CREATE INDEX tombstones_by_id ON tombstones (id);
`;
