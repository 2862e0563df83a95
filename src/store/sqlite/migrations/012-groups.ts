/**
 * API ids and marks of titles fall anywhere, so nearly each new item was on a page of its own in their indexes, which was
 * most of what a commit wrote. They are ordered within groups of items that came one after the other (groups.ts).
 * Items are known again by their entry ids, which those of one source have in common where they begin.
 */
export const inGroups = `
DROP INDEX items_by_api_id;
DROP INDEX items_by_title_mark;
CREATE INDEX items_by_api_id ON items (key >> 12, api_id);
CREATE INDEX items_by_title_mark ON items (key >> 12, substr(title_key, 1, 6) || substr(title_hash, 1, 6));
CREATE INDEX items_by_entry_id ON items (entry_id);

DROP INDEX removed_items_by_api_id;
ALTER TABLE removed_items DROP COLUMN api_id;
CREATE INDEX removed_items_by_entry_id ON removed_items (entry_id);
`;
