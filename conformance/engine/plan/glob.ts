/** Compiled patterns by their glob: a plan compares each of its globs with thousands of names. */
const patterns = new Map<string, RegExp>();

/**
 * Whether a glob matches a planned check, named `operationId/checkId`: `*` is any text, `?` one character. A glob without
 * a slash also matches either part.
 */
export function globMatches(glob: string, name: string): boolean {
  const pattern = patterns.get(glob) ?? compile(glob);
  return pattern.test(name) || (!glob.includes('/') && name.split('/').some((part) => pattern.test(part)));
}

function compile(glob: string): RegExp {
  const source = glob.replace(/[*?.+^${}()|[\]\\]/g, (part) =>
    part === '*' ? '.*' : part === '?' ? '.' : `\\${part}`,
  );
  const pattern = new RegExp(`^${source}$`);
  patterns.set(glob, pattern);
  return pattern;
}
