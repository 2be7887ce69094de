import { resolve } from 'node:path';
import { defaultSpec } from '../contract/load/default.js';
import { GeneratorError } from './errors.js';

/** What is generated where. */
export interface Job {
  /** The contract's root document, absolute. */
  readonly spec: string;
  /** The output folder, absolute. */
  readonly out: string;
}

/**
 * Resolves the options of a run to absolute paths.
 *
 * @throws GeneratorError if `out` must not be an output folder.
 */
export function jobOf({ spec, out = 'generated' }: { readonly spec?: string; readonly out?: string }): Job {
  if (out === '') {
    throw new GeneratorError('OUTPUT_UNWRITABLE', 'invalid --out ""; expected a folder (default: generated)');
  }
  return { spec: resolve(spec ?? defaultSpec()), out: resolve(out) };
}
