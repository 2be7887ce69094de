/** `resource-server` is a `resource server`. */
export function inWords(name: string): string {
  return name.replaceAll('-', ' ');
}

/** `client-grant` has the plural `client grants`. For names of English words, as contracts have them. */
export function plural(name: string): string {
  const words = inWords(name);
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(words) ? `${words}es` : `${words}s`;
}

/** `roles`, `roles and groups`, `roles, groups and users`. */
export function listed(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 operation`, `7 operations`. */
export function counted(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : plural(noun)}`;
}
