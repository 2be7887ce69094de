/**
 * A smallest subset of these scopes that the target still accepts, found by leaving out halves, then single scopes. It
 * is minimal, but another subset may be smaller.
 * @param accepts - asks the target; false also where it cannot be asked
 * @param maxRequests - how often it may be asked
 */
export async function acceptedSubset(
  scopes: readonly string[],
  accepts: (scopes: readonly string[]) => Promise<boolean>,
  maxRequests: number,
): Promise<readonly string[]> {
  let asked = 0;
  const isAccepted = async (fewer: readonly string[]): Promise<boolean> => {
    asked += 1;
    return asked <= maxRequests && (await accepts(fewer));
  };
  if (await isAccepted([])) return [];
  let kept = scopes;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length && kept.length > 1; ) {
      const fewer = kept.toSpliced(start, size);
      if (fewer.length > 0 && (await isAccepted(fewer))) kept = fewer;
      else start += size;
    }
  }
  return kept;
}
