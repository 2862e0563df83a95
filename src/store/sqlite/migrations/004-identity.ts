/** A story's id is its own alone. Where two had one, the later one's reports go to the earlier one. */
export const identity = `
UPDATE items SET story = (
  SELECT min(other.key) FROM stories AS other JOIN stories AS own ON own.id = other.id WHERE own.key = items.story
) WHERE story IN (SELECT key FROM stories WHERE id IN (SELECT id FROM stories GROUP BY id HAVING count(*) > 1));
DELETE FROM stories WHERE key NOT IN (SELECT min(key) FROM stories GROUP BY id);
DELETE FROM story_topics WHERE story NOT IN (SELECT key FROM stories);
CREATE UNIQUE INDEX stories_by_id ON stories (id);
`;
