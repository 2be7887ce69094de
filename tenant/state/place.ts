import { joinPointer } from '../../contract/pointer.js';
import type { StateProblem } from '../errors.js';

/** Where an entry is in the state. Only a problem needs it as a pointer, and a state may have a million entries. */
export interface Place {
  readonly key: string;
  readonly index: number;
}

export function pointerTo({ key, index }: Place): string {
  return joinPointer('#', key, index);
}

export function problem(pointer: string, message: string): StateProblem {
  return { pointer, message };
}
