/**
 * Whether a glob matches a planned check, named `operationId/checkId`: `*` is any text, `?` one character. A glob without
 * a slash also matches either part.
 */
export function globMatches(glob: string, name: string): boolean {
  const source = glob.replace(/[*?.+^${}()|[\]\\]/g, (part) =>
    part === '*' ? '.*' : part === '?' ? '.' : `\\${part}`,
  );
  const pattern = new RegExp(`^${source}$`);
  return pattern.test(name) || (!glob.includes('/') && name.split('/').some((part) => pattern.test(part)));
}
