/** A noun after its indefinite article, by how names of resources and properties usually sound: `an owner`, `a user`. */
export function withArticle(noun: string): string {
  return `${/^(?:[ei](?!u)|a|o(?!ne)|un(?!i)|up)/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
