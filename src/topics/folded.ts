import { fold } from '../text/fold.ts';

/** A text as terms are compared with it, and the way back to the text as it was written. */
export interface FoldedText {
  readonly original: string;
  readonly folded: string;
  /** Where in the original each unit of the folded text comes from; absent where both are in step. */
  readonly origins?: Int32Array;
}

/** Characters of which folding never makes fewer: if the length is the same too, each became exactly one. */
const steady = '·—‘’“”\\u3000-\\u3020\\u3041-\\u3096\\u30A1-\\u30FA\\u4E00-\\u9FFF';
const neverShrinks = new RegExp(`^[\\n -~\\uFF01-\\uFF5E${steady}]*$`);

/** Stretches that fold each on its own, whatever stands beside them; a mark stays with its letter. */
const stretches = new RegExp(
  `[\\n -~]+(?!\\p{M})|[\\uFF01-\\uFF5E]+(?!\\p{M})|[${steady}]+(?!\\p{M})|\\P{M}\\p{M}*|\\p{M}+`,
  'gsu',
);

/** Folds a text and keeps the way back. */
export function foldText(original: string): FoldedText {
  const folded = fold(original);
  if (folded.length === original.length && neverShrinks.test(original)) return { original, folded };
  return { original, folded, origins: originsOf(original, folded.length) };
}

/** The position in the original text of a position in the folded one. */
export function originOf(text: FoldedText, index: number): number {
  return text.origins ? (text.origins[index] ?? text.original.length) : index;
}

/** Ends of stretches are exact; within one that grew (`㎏`, a rare character) the units are laid out evenly. */
function originsOf(original: string, foldedLength: number): Int32Array {
  const origins = new Int32Array(foldedLength).fill(original.length);
  let at = 0;
  for (const { 0: stretch, index } of original.matchAll(stretches)) {
    const length = fold(stretch).length;
    for (let i = 0; i < length; i++) origins[at + i] = index + Math.floor((i * stretch.length) / length);
    at += length;
  }
  return origins;
}
