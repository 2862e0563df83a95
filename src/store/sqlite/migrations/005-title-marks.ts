/**
 * Titles are found by how they begin and by a piece of their hash: a third of the pages that an index of whole
 * titles has, and new ones fall anywhere.
 */
export const titleMarks = `
CREATE INDEX items_by_title_mark ON items (substr(title_key, 1, 6), substr(title_hash, 1, 6));
DROP INDEX items_by_title;
`;
