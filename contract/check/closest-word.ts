import { closestMatch } from 'leven';

/** Two different letters count as a misspelling; in a short word, one. */
const MOST_EDITS = 2;
const SHORT = 5;

/** The word that a misspelt one probably means, or nothing if none is close. */
export function closestWord(written: string, words: readonly string[]): string | undefined {
  return closestMatch(written, words, { maxDistance: written.length <= SHORT ? 1 : MOST_EDITS });
}
