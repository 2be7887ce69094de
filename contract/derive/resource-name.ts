/**
 * A name in the form of `x-resources`, in the singular, that no other resource has.
 * @param segments - of the path of the collection
 */
export function resourceName(segments: readonly string[], taken: ReadonlySet<string>): string {
  const words = segments
    .join('/')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const singular = singularOf(words.at(-1) ?? 'item');
  const base = /^[a-z]/.test(singular) ? singular : `item-${singular}`;
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
  return name;
}

/** A word in the singular; it may be that already. @param word - in lower case */
export function singularOf(word: string): string {
  if (/(^|[^a-z])(series|species|news|alias)$/.test(word)) return word;
  return word
    .replace(/people$/, 'person')
    .replace(/children$/, 'child')
    .replace(/^(mov|cook|zomb|brown)ies$/, '$1ie')
    .replace(/ies$/, 'y')
    .replace(/(stat|vir|bon|camp|cens)uses$/, '$1us')
    .replace(/(alias|ss|x|(?<!ca)ch|sh|hero|echo|potato|tomato)es$/, '$1')
    .replace(/(?<=[^siu])(?<!alia)s$/, '');
}
