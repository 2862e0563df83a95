/**
 * What a new item is written into is what adding it costs. An item's topics are its row's and its story's, and a
 * story's topics are found by themselves, so that neither needs a table or an index of its own.
 */
export const fewerIndexes = `
DROP TABLE item_topics;
DROP INDEX story_topics_by_story;
`;
