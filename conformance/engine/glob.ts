/**
 * Whether a glob names this planned check: `*` is any text, `?` one character, the rest itself. It is held against
 * `operationId/checkId`; one without a slash also against either part alone.
 */
export function globMatches(glob: string, name: string): boolean {
  const source = glob.replace(/[*?.+^${}()|[\]\\]/g, (part) =>
    part === '*' ? '.*' : part === '?' ? '.' : `\\${part}`,
  );
  const pattern = new RegExp(`^${source}$`);
  return pattern.test(name) || (!glob.includes('/') && name.split('/').some((part) => pattern.test(part)));
}
