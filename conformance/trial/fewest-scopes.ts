/**
 * The fewest of these scopes that still let in, found by leaving out halves first, then single ones: one of the smallest
 * sets, not always the smallest of all.
 * @param letsIn - asks the target; false also where it cannot be asked
 * @param most - how often it may be asked
 */
export async function fewestScopes(
  scopes: readonly string[],
  letsIn: (scopes: readonly string[]) => Promise<boolean>,
  most: number,
): Promise<readonly string[]> {
  let asked = 0;
  const ask = async (fewer: readonly string[]): Promise<boolean> => {
    asked += 1;
    return asked <= most && (await letsIn(fewer));
  };
  if (await ask([])) return [];
  let kept = scopes;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length && kept.length > 1; ) {
      const fewer = kept.toSpliced(start, size);
      if (fewer.length > 0 && (await ask(fewer))) kept = fewer;
      else start += size;
    }
  }
  return kept;
}
