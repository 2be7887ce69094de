/** How services order texts: by their characters, without regard to upper and lower case, or by an alphabet. */
const COMPARISONS: readonly ((one: string, other: string) => number)[] = [
  byCharacters,
  (one, other) => byCharacters(one.toLowerCase(), other.toLowerCase()),
  (one, other) => one.localeCompare(other, 'en'),
];

function byCharacters(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Whether texts are in order, in any way that services have. @param direction - 1: the least first, -1: the greatest */
export function isOrdered(texts: readonly string[], direction: 1 | -1): boolean {
  return COMPARISONS.some((compare) =>
    texts.every((text, index) => index === 0 || direction * compare(texts[index - 1] ?? '', text) <= 0),
  );
}
