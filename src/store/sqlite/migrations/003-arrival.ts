/**
 * What arrived lately is found among what came lately: by the order of coming, in which new rows stand side by
 * side, instead of by an index of its own, in which a new source's rows are strewn over many pages.
 */
export const arrival = `
DROP INDEX stories_by_arrival;
DROP INDEX story_topics_by_arrival;
CREATE INDEX stories_by_first_seen ON stories (first_seen);
`;
