import type { Pointer } from '../contract.js';

/** Something wrong at a place of the bundled document; `loadContract` finds the file, line and column. */
export interface Flaw {
  readonly pointer: Pointer;
  readonly message: string;
}
