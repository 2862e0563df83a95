/** The topics that stories stand in, one row for each, with what feeds are ordered and narrowed by. */

/** Of the stories that a JSON list names, as the rows of `stories` say. Fills one mark. */
const ofStories = `FROM stories, json_each(stories.topics) AS topic
  WHERE stories.key IN (SELECT value FROM json_each(?))`;

/** Takes the stories out of their topics; to be run before their rows change or go. */
export const leaveTopics = `DELETE FROM story_topics INDEXED BY story_topics_by_coming
  WHERE (topic, story) IN (SELECT topic.value, stories.key ${ofStories})`;

/** Puts the stories into their topics; to be run when their rows are as they will be. */
export const enterTopics = `INSERT OR IGNORE INTO story_topics
  (topic, sort_time, sort_rank, sort_place, story, arrived, revision)
  SELECT topic.value, sort_time, sort_rank, sort_place, stories.key, arrived, revision ${ofStories}`;
