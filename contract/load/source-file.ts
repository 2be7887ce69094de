import type { Json, Pointer } from '../json/json.js';

/** A file of the contract, parsed. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly value: Json;
  /** Messages must not quote it. */
  readonly isForeign: boolean;
}

/** A place in one file. */
export interface Origin {
  readonly file: SourceFile;
  readonly pointer: Pointer;
}
