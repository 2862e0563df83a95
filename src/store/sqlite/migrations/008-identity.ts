/**
 * What an item is known again by, also when it was removed; the key that it was first known by, which its parts
 * have theirs from. When its `updated` moved last, and where it moves to when an hour has passed. Items that wait
 * for their turn. A story's id is its own alone: where two had one, the later one's reports go to the earlier one.
 */
export const identity = `
ALTER TABLE removed_items ADD COLUMN first_key TEXT;
ALTER TABLE removed_items ADD COLUMN url_key TEXT;
ALTER TABLE removed_items ADD COLUMN title_hash TEXT;
ALTER TABLE removed_items ADD COLUMN updated INTEGER;
CREATE INDEX removed_items_by_url ON removed_items (url_key, source) WHERE url_key IS NOT NULL;

ALTER TABLE items ADD COLUMN first_key TEXT;
ALTER TABLE items ADD COLUMN moved_at INTEGER;
ALTER TABLE items ADD COLUMN next_updated INTEGER;
UPDATE items SET moved_at = updated WHERE updated > first_seen;
CREATE INDEX items_to_move ON items (source) WHERE next_updated IS NOT NULL;

CREATE TABLE delayed_items (
  key        INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  item_key   TEXT NOT NULL,
  url_key    TEXT,
  title_hash TEXT,
  entry      TEXT NOT NULL
);
CREATE UNIQUE INDEX delayed_items_by_key ON delayed_items (source, item_key);

UPDATE items SET story = (
  SELECT min(other.key) FROM stories AS other JOIN stories AS own ON own.id = other.id WHERE own.key = items.story
) WHERE story IN (SELECT key FROM stories WHERE id IN (SELECT id FROM stories GROUP BY id HAVING count(*) > 1));
DELETE FROM stories WHERE key NOT IN (SELECT min(key) FROM stories GROUP BY id);
DELETE FROM story_topics WHERE story NOT IN (SELECT key FROM stories);
CREATE UNIQUE INDEX stories_by_id ON stories (id);
`;
