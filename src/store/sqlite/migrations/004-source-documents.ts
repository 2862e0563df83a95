/**
 * What only a new document changes stands apart from what each poll does, so that a poll of an unchanged document
 * writes little. `stamp` is another number after each save.
 */
export const sourceDocuments = `
CREATE TABLE source_documents (
  id      TEXT PRIMARY KEY,
  history TEXT NOT NULL,
  feed    TEXT
) WITHOUT ROWID;
INSERT INTO source_documents SELECT id, state -> '$.history', state -> '$.feed' FROM sources;
UPDATE sources SET state = json_remove(state, '$.history', '$.feed');
ALTER TABLE sources ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
`;
