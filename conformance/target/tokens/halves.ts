import type { Contract, Operation } from '../../../contract/contract.js';
import { randomFrom } from '../../engine/seed.js';
import { accessWith } from '../../lookup/access.js';

/** Twelve tokens are enough and not enough for almost every operation. */
const TOKENS = 12;
/** With this many attempts, one set covers every operation. */
const TRIES = 50;

/** Sets of scopes, each a random half of the contract's, that together grant and refuse every operation. */
export function scopeHalvesFor(contract: Contract, seed: number): readonly (readonly string[])[] {
  const random = randomFrom(seed);
  const guarded = contract.operations.filter(({ security }) => security.length > 0);
  let best: readonly (readonly string[])[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < TRIES && fewest > 0; attempt += 1) {
    const halves = Array.from({ length: TOKENS }, () => half(contract.scopes, random));
    const sets = halves.map((scopes) => new Set(scopes));
    const left = guarded.filter((operation) => !triedFromBothSides(operation, sets)).length;
    if (left < fewest) {
      fewest = left;
      best = halves;
    }
  }
  return best;
}

function triedFromBothSides(operation: Operation, halves: readonly ReadonlySet<string>[]): boolean {
  const seen = new Set(halves.map((scopes) => accessWith(operation.security, scopes)));
  return seen.has('granted') && seen.has('refused');
}

function half(scopes: readonly string[], random: () => number): readonly string[] {
  const shuffled = scopes.map((scope) => ({ scope, place: random() })).sort((one, other) => one.place - other.place);
  return shuffled
    .slice(0, Math.ceil(scopes.length / 2))
    .map(({ scope }) => scope)
    .sort();
}
