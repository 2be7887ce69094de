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
  /** What the document is read without: `the pattern`. A warning says so. */
  readonly leavesOut?: string;
}

/** @param document - takes changes by the pointers of the document as it is */
export type Mend = (document: Mendable) => void;

/** Takes changes of single places; the document itself stays as it is. */
export interface Mendable {
  /** Sets a value at a place whose parent exists. */
  set(pointer: Pointer, value: JsonObject[string]): void;
  /** Sets a copy of an object, without some of its entries, once all other changes of the object are known. */
  copy(from: Pointer, to: Pointer, without: readonly string[]): void;
  /** Adds an entry to a list, which is created if it is missing. */
  append(list: Pointer, value: JsonObject[string]): void;
  /** Removes an entry of an object or of a list. */
  remove(pointer: Pointer): void;
  /** Gives an entry of an object another name, after all other changes. */
  rename(pointer: Pointer, name: string): void;
}

/** The document is readable as it is. */
export const READABLE: Mend = () => {};
