import { createHash } from 'node:crypto';
import { AREAS, areaOf } from './areas.js';

/** One change of one expression or statement, as Stryker describes it. */
export interface Mutation {
  readonly id: string;
  /** Absolute. */
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * The ids of at most `size` mutations of each area, so that the score of each is equally certain. The same seed chooses
 * the same mutations of the same sources.
 *
 * @param root the folder that the paths of areas are relative to
 */
export function sampleOf(
  mutations: readonly Mutation[],
  { size, seed, root }: { readonly size: number; readonly seed: number; readonly root: string },
): ReadonlySet<string> {
  const pathOf = ({ fileName }: Mutation): string => fileName.slice(root.length + 1);
  const rank = (one: Mutation): string => {
    const { start, end } = one.location;
    const place = [start.line, start.column, end.line, end.column];
    const identity = JSON.stringify([seed, pathOf(one), place, one.mutatorName, one.replacement]);
    return createHash('sha256').update(identity).digest('hex');
  };
  return new Set(
    AREAS.flatMap((area) => {
      const ofArea = mutations.filter((one) => areaOf(pathOf(one)) === area);
      const ranked = ofArea.map((one) => ({ id: one.id, rank: rank(one) }));
      ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
      return ranked.slice(0, size).map(({ id }) => id);
    }),
  );
}
