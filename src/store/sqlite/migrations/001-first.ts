/**
 * Times are epoch milliseconds. `sort_time` is never null, so that one index serves the order: what has no
 * time stands at the earliest one. `shown` is 1, 0 (never in merged feeds) or 2 (only where promo is wanted).
 * An item is still listed while `document` is the number of its source's last document.
 * A story's key is the key of the item that began it.
 */
export const first = `
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE counter (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL
);
INSERT INTO counter VALUES (1, 0);

CREATE TABLE sources (
  id           TEXT PRIMARY KEY,
  title        TEXT NOT NULL,
  private      INTEGER NOT NULL,
  next_poll_at INTEGER NOT NULL DEFAULT 0,
  lease_owner  TEXT,
  lease_until  INTEGER NOT NULL DEFAULT 0,
  state        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sources_private ON sources (id) WHERE private = 1;

CREATE TABLE items (
  key         INTEGER PRIMARY KEY AUTOINCREMENT,
  source      TEXT NOT NULL,
  item_key    TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  api_id      TEXT NOT NULL,
  title_key   TEXT NOT NULL,
  title_hash  TEXT,
  key_version INTEGER NOT NULL,
  url_key     TEXT,
  cut         INTEGER NOT NULL,
  damaged     INTEGER NOT NULL,
  story       INTEGER NOT NULL,
  matched     TEXT NOT NULL,
  topics      TEXT NOT NULL,
  first_seen  INTEGER NOT NULL,
  published   INTEGER,
  updated     INTEGER NOT NULL,
  sort_time   INTEGER NOT NULL,
  sort_rank   INTEGER NOT NULL,
  sort_place  INTEGER NOT NULL,
  arrived     INTEGER NOT NULL,
  shown       INTEGER NOT NULL,
  document    INTEGER NOT NULL,
  listed_at   INTEGER NOT NULL,
  revision    INTEGER NOT NULL,
  item        TEXT NOT NULL
);
CREATE UNIQUE INDEX items_by_key   ON items (source, item_key);
CREATE INDEX items_by_api_id       ON items (api_id);
CREATE INDEX items_by_title        ON items (title_key);
CREATE INDEX items_by_cut_title    ON items (title_key) WHERE cut = 1;
CREATE INDEX items_by_url          ON items (url_key, source) WHERE url_key IS NOT NULL;
CREATE INDEX items_by_story        ON items (story);
CREATE INDEX items_by_source       ON items (source);
CREATE INDEX items_by_revision     ON items (revision);
CREATE INDEX items_by_order        ON items (sort_time DESC, sort_rank, sort_place, key);
CREATE INDEX items_by_source_order ON items (source, sort_time DESC, sort_rank, sort_place, key);

CREATE TABLE item_topics (
  topic TEXT NOT NULL,
  item  INTEGER NOT NULL,
  PRIMARY KEY (topic, item)
) WITHOUT ROWID;
CREATE INDEX item_topics_by_item ON item_topics (item);

CREATE TABLE stories (
  key        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL,
  lead       INTEGER NOT NULL,
  topics     TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  published  INTEGER,
  updated    INTEGER NOT NULL,
  sort_time  INTEGER NOT NULL,
  sort_rank  INTEGER NOT NULL,
  sort_place INTEGER NOT NULL,
  arrived    INTEGER NOT NULL,
  shown      INTEGER NOT NULL,
  revision   INTEGER NOT NULL
);
CREATE INDEX stories_by_order    ON stories (sort_time DESC, sort_rank, sort_place, key);
CREATE INDEX stories_by_arrival  ON stories (arrived);
CREATE INDEX stories_by_revision ON stories (revision);

CREATE TABLE story_topics (
  topic      TEXT NOT NULL,
  sort_time  INTEGER NOT NULL,
  sort_rank  INTEGER NOT NULL,
  sort_place INTEGER NOT NULL,
  story      INTEGER NOT NULL,
  arrived    INTEGER NOT NULL,
  PRIMARY KEY (topic, sort_time DESC, sort_rank, sort_place, story)
) WITHOUT ROWID;

CREATE INDEX story_topics_by_arrival ON story_topics (topic, arrived);
CREATE INDEX story_topics_by_story   ON story_topics (story);
CREATE INDEX story_topics_by_coming  ON story_topics (topic, story);

CREATE TABLE recurring_titles (
  title_key TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE removed_items (
  source     TEXT NOT NULL,
  item_key   TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  api_id     TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  published  INTEGER,
  removed_at INTEGER NOT NULL,
  taken_down INTEGER NOT NULL,
  revision   INTEGER NOT NULL,
  PRIMARY KEY (source, item_key)
) WITHOUT ROWID;
CREATE INDEX removed_items_by_revision ON removed_items (revision);
CREATE INDEX removed_items_by_api_id   ON removed_items (api_id);

CREATE TABLE incidents (
  key       INTEGER PRIMARY KEY AUTOINCREMENT,
  source    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  cause     TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  revision  INTEGER NOT NULL
);
CREATE INDEX incidents_open ON incidents (source) WHERE closed_at IS NULL;

CREATE TABLE kept_documents (
  key     INTEGER PRIMARY KEY AUTOINCREMENT,
  source  TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  cause   TEXT NOT NULL,
  bytes   BLOB NOT NULL
);
CREATE INDEX kept_documents_by_source ON kept_documents (source, key);

CREATE TABLE held_hosts (
  host       TEXT PRIMARY KEY,
  held_until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE archives (
  feed    TEXT NOT NULL,
  number  INTEGER NOT NULL,
  after   INTEGER NOT NULL,
  through INTEGER NOT NULL,
  PRIMARY KEY (feed, number)
) WITHOUT ROWID;

CREATE TABLE tombstones (
  revision INTEGER PRIMARY KEY,
  id       TEXT NOT NULL,
  kind     TEXT NOT NULL,
  source   TEXT NOT NULL,
  topics   TEXT NOT NULL,
  at       INTEGER NOT NULL
);

CREATE TABLE feeds (
  path       TEXT PRIMARY KEY,
  hash       TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;
`;
