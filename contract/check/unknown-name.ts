import type { Pointer } from '../contract.js';
import type { Flaw } from './flaw.js';

/** A name that refers to nothing: of which kind it should be, and the names there are. */
export function unknownName(pointer: Pointer, kind: string, name: string, known: Iterable<string>): Flaw {
  const names = [...known].join(', ');
  return {
    pointer,
    message: `unknown ${kind} "${name}"; ${names === '' ? 'none is defined' : `expected one of ${names}`}`,
  };
}
