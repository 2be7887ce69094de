import { closestMatch } from 'leven';

/** Two letters off is taken for a misspelling; of a short word, one. */
const FARTHEST = 2;
const SHORT = 5;

/** The word of these that another one is probably meant to be; nothing where none is near. */
export function meantBy(written: string, words: readonly string[]): string | undefined {
  return closestMatch(written, words, { maxDistance: written.length <= SHORT ? 1 : FARTHEST });
}
