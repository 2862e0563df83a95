/**
 * One topic and what decides whether an item belongs to it: an entry of `topics.yaml`, whose absent lists
 * are empty here.
 *
 * A term is literal text, or `/…/` for a regular expression over the folded text.
 */
export interface TopicRule {
  /** `[a-z0-9-]{1,64}`: the name of the topic's feed. */
  readonly id: string;
  readonly title: string;
  /** One of these in the title makes the topic. */
  readonly any: readonly string[];
  /** One of these in the title or in the lead makes the topic. */
  readonly strong: readonly string[];
  /** Every one of these has to be in the title as well. */
  readonly all: readonly string[];
  /** In the title: not this topic, or not by the word that the term contains. */
  readonly none: readonly string[];
  /** Ids of sources whose every item is of this topic. */
  readonly sources: readonly string[];
  /** Titles that are of this topic; checked by `tributary check`. */
  readonly examples: readonly string[];
  /** Titles that are not, though they look like it. */
  readonly counterexamples: readonly string[];
}
