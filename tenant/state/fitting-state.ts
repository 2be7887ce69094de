import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject, splitPointer, step } from '../../contract/pointer.js';
import type { StateProblem } from '../errors.js';
import { StateError } from '../errors.js';

/** A state that fits the contract, and what had to be left out. */
export interface FittingState {
  readonly state: Json;
  /** Sentences, each with its place. */
  readonly notes: readonly string[];
}

/** How often what remains is tried again: an item that is left out may be named by others. */
const MOST_ROUNDS = 20;

/**
 * Leaves out of a state what does not fit the contract: a property where that is enough, else the whole item.
 *
 * @param load - loads a state; throws a StateError if it does not fit
 * @throws StateError if nothing that could be left out makes it fit
 */
export async function fittingState(state: Json, load: (state: Json) => Promise<unknown>): Promise<FittingState> {
  const notes: string[] = [];
  let current = state;
  for (let round = 1; ; round += 1) {
    try {
      await load(current);
      return { state: current, notes };
    } catch (error) {
      if (!(error instanceof StateError) || round === MOST_ROUNDS) throw error;
      notes.push(...error.problems.map((problem) => noteOf(current, problem)));
      current = without(current, error.problems);
    }
  }
}

/** Where a problem is: the property that may not be there, if that is the problem. */
function placeOf({ pointer, surplus }: StateProblem): readonly string[] {
  return [...splitPointer(pointer.slice(1)), ...(surplus === undefined ? [] : [surplus])];
}

function noteOf(state: Json, problem: StateProblem): string {
  const [list = '', index = '', ...path] = placeOf(problem);
  const items = isObject(state) ? state[list] : undefined;
  const item = Array.isArray(items) ? (items as readonly Json[])[Number(index)] : undefined;
  const name = isObject(item) ? (item.name ?? item.identifier ?? item.id) : undefined;
  const what = [list, typeof name === 'string' ? `"${name}"` : index, ...path].filter((part) => part !== '').join(' ');
  return `${what}: left out. ${problem.message}`;
}

/** A property of an item is left out by itself, unless the item needs it. */
function without(state: Json, problems: readonly StateProblem[]): Json {
  if (!isObject(state)) return state;
  const dropped = new Map<string, Set<number>>();
  const copy = structuredClone(state) as Record<string, Json>;
  for (const problem of problems) {
    const [list = '', index, ...path] = placeOf(problem);
    if (index === undefined) delete copy[list];
    else if (path.length === 0 || !deleteAt(itemAt(copy, list, Number(index)), path)) {
      dropped.set(list, (dropped.get(list) ?? new Set()).add(Number(index)));
    }
  }
  for (const [list, indexes] of dropped) {
    const items = copy[list];
    if (Array.isArray(items)) copy[list] = (items as readonly Json[]).filter((_, index) => !indexes.has(index));
  }
  return copy;
}

function itemAt(state: JsonObject, list: string, index: number): Json | undefined {
  const items = state[list];
  return Array.isArray(items) ? (items as readonly Json[])[index] : undefined;
}

/** @returns whether there was such a property */
function deleteAt(item: Json | undefined, path: readonly string[]): boolean {
  const holder = path.slice(0, -1).reduce<Json | undefined>((at, name) => step(at, name), item);
  const last = path.at(-1) ?? '';
  if (!isObject(holder) || !Object.hasOwn(holder, last)) return false;
  delete (holder as Record<string, Json>)[last]; // of a copy
  return true;
}
