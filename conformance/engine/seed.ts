import { hash } from 'node:crypto';

/** A 31-bit integer derived from all parts: the same parts give the same integer. */
export function deriveSeed(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', parts.join('\u0000')).slice(0, 8), 16) & 0x7fffffff;
}

/** Numbers in [0, 1) from a seed (mulberry32). Not for secrets. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
