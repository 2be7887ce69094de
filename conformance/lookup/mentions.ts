/** Whether a text contains a name that is not a part of a longer word: ids may be as short as `1`. */
export function mentions(text: string, name: string): boolean {
  // It would be found at the end of a text for ever.
  if (name === '') return false;
  const isWordCharacter = (character: string | undefined): boolean => /\w/.test(character ?? '');
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + name.length])) return true;
  }
  return false;
}
