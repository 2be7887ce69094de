import type { Json } from '../../contract/contract.js';

/** One place in which an exchange is not what it should be. */
export interface Difference {
  /** `status`, `content type`, `header x-y`, `query page`, or a JSON pointer into the body that begins with `body`: `body/roles/0/name`. */
  readonly place: string;
  /** Absent: nothing should be there. */
  readonly expected?: Json;
  /** Absent: nothing is there. */
  readonly actual?: Json;
  /** Why it should be so, a few words. */
  readonly because: string;
}

export function difference(
  place: string,
  expected: Json | undefined,
  actual: Json | undefined,
  because: string,
): Difference {
  return {
    place,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    because,
  };
}

/** One difference a place: the first says most. */
export function distinct(differences: readonly Difference[]): readonly Difference[] {
  const places = new Set<string>();
  return differences.filter(({ place }) => !places.has(place) && places.add(place));
}
