import type { DatabaseSync } from 'node:sqlite';
import { isPublic } from './rows.ts';
import { enterTopics, leaveTopics } from './story-topics.ts';

/** The reports that the public may see of the story in question. */
const reports = `FROM items WHERE items.story = stories.key AND ${isPublic}`;

/** As for a new report: it has a link, then its source's place, then what there is to read. */
const best = `SELECT key ${reports} ORDER BY item ->> 'url' IS NULL, sort_rank, length(item) DESC, key LIMIT 1`;

/**
 * Brings stories in line with the reports they still have, when some went or were hidden: a story shows what it
 * did while that is there, else its best report; it is gone from the feeds when nothing of it may be seen. Each
 * has a revision of its own after it; gives the last of them.
 */
export function recountStories(
  database: DatabaseSync,
  stories: readonly number[],
  revisionBefore: number,
): number {
  const keys = JSON.stringify(stories);
  database.prepare(leaveTopics).run(keys);
  database
    .prepare(
      `UPDATE stories SET
         lead = coalesce((SELECT key ${reports} AND key = stories.lead), (${best}), lead),
         topics = (SELECT json_group_array(DISTINCT value) FROM
           (SELECT topic.value FROM items, json_each(items.topics) AS topic
            WHERE items.story = stories.key AND ${isPublic} ORDER BY items.key, topic.key)),
         shown = (SELECT CASE WHEN max(shown = 1) THEN 1 WHEN max(shown = 2) THEN 2 ELSE 0 END ${reports}),
         revision = ? + 1 + changed.place
       FROM (SELECT key AS place, value FROM json_each(?)) AS changed WHERE stories.key = changed.value`,
    )
    .run(revisionBefore, keys);
  database.prepare(enterTopics).run(keys);
  return revisionBefore + stories.length;
}
