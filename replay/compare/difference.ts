import type { Json } from '../../contract/contract.js';

/** One difference between an exchange and what is expected. */
export interface Difference {
  /** `status`, `content type`, `header x-y`, `query page`, or a JSON pointer into the body that begins with `body`: `body/books/0/name`. */
  readonly place: string;
  /** Absent: no value is expected. */
  readonly expected?: Json;
  /** Absent: there is no value. */
  readonly actual?: Json;
  /** Why the value is expected, in a few words. */
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

/** Keeps the first difference of each location. */
export function distinct(differences: readonly Difference[]): readonly Difference[] {
  const places = new Set<string>();
  return differences.filter(({ place }) => !places.has(place) && places.add(place));
}
