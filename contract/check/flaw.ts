import type { JsonObject, Pointer } from '../contract.js';

/** A problem at a place of the bundled document; `loadContract` adds the file, line and column. */
export interface Flaw {
  readonly pointer: Pointer;
  readonly message: string;
  /**
   * Makes a document readable in spite of this flaw, so that it is a warning unless the caller is strict. Changes a copy.
   * Absent: the document cannot be read.
   */
  readonly mend?: Mend;
}

/** @param document - a copy that may be changed along the pointer of the flaw */
export type Mend = (document: Mendable) => void;

/** A document in which single places can be changed; the original stays as it is. */
export interface Mendable {
  /** Sets a value at a place whose parent exists. */
  set(pointer: Pointer, value: JsonObject[string]): void;
  /** Removes an entry of an object or of a list. */
  remove(pointer: Pointer): void;
}

/** The document is readable as it is. */
export const READABLE: Mend = () => {};
