/**
 * What was public and is no longer, because its source was made private: who follows changes is told that it is
 * gone, once, and nothing of what the source does from then on.
 */
export const withdrawn = `
CREATE TABLE withdrawn_items (
  revision INTEGER NOT NULL,
  entry_id TEXT NOT NULL,
  source   TEXT NOT NULL
);
CREATE INDEX withdrawn_items_by_revision ON withdrawn_items (revision);
CREATE INDEX withdrawn_items_by_source ON withdrawn_items (source);
`;
