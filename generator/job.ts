import { resolve } from 'node:path';
import { defaultSpec } from '../contract/load/default.js';
import { GeneratorError } from './errors.js';

/** What is generated where. */
export interface Job {
  /** The contract's root document, absolute. */
  readonly spec: string;
  /** Folders besides that of `spec` whose files `$ref` may read, absolute. */
  readonly allowRef: readonly string[];
  /** The output folder, absolute. */
  readonly out: string;
}

/** The options of a run, as given. */
export interface JobOptions {
  readonly spec?: string;
  readonly allowRef?: readonly string[];
  readonly out?: string;
}

/**
 * Resolves the options of a run to absolute paths.
 *
 * @throws GeneratorError if `out` must not be an output folder.
 */
export function jobOf({ spec, allowRef = [], out = 'generated' }: JobOptions): Job {
  if (out === '') {
    throw new GeneratorError('OUTPUT_UNWRITABLE', 'invalid --out ""; expected a folder (default: generated)');
  }
  return {
    spec: resolve(spec ?? defaultSpec()),
    allowRef: allowRef.map((folder) => resolve(folder)),
    out: resolve(out),
  };
}
