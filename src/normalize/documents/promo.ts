/** The share of a title's clauses that stand again in the text under it. */
const enough = 0.5;

/** A teaser is short; of what is longer only so much is compared. */
const longest = 2000;

/**
 * Whether a text only says its title again, in other order or with ①② before its parts. Paid products are
 * announced like that: what they know is left for those who pay.
 */
export function repeatsTitle(title: string, text: string): boolean {
  const clauses = title
    .slice(0, longest)
    .split(/[，；。！？、,;\s]/)
    .filter((clause) => clause.length >= 4);
  const shown = text.slice(0, longest);
  const repeated = clauses.filter((clause) => shown.includes(clause));
  return repeated.length > 0 && repeated.length >= enough * clauses.length;
}
