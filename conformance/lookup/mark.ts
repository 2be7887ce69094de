/** A run's mark, the letter of a worker, and a number: `rc3fk2m9xq0-0001`, or with `_` in an identifier. */
const MARK = /(?<![0-9a-z])(rc[0-9a-z]{8})[0-9a-z]+[-_][0-9a-z]{4,}(?![0-9a-z])/;

/** The mark of the run that a text was made by, if it carries one. */
export function markIn(text: string): string | undefined {
  return MARK.exec(text)?.[1];
}

/** The same with the letter of the worker and the number: no other creation of the run has it. */
export function signIn(text: string): string | undefined {
  return MARK.exec(text)?.[0];
}
