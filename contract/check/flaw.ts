import type { Pointer } from '../contract.js';

/** A problem at a place of the bundled document; `loadContract` adds the file, line and column. */
export interface Flaw {
  readonly pointer: Pointer;
  readonly message: string;
  /** The document can be read nevertheless: an error only in a strict load. */
  readonly minor?: true;
}
