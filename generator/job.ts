import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { defaultSpec } from '../contract/load/default.js';
import { LANGUAGE_KEYS } from './emit/samples/language-keys.js';
import type { ValidatorName } from './emit/validators/validators.js';
import { GeneratorError } from './errors.js';

/** What is generated besides, each for a library of the user's choice. */
export interface Extras {
  /** `validators.ts`. */
  readonly validators?: ValidatorName;
  /** `msw.ts`. */
  readonly msw?: boolean;
  /** `queries.ts`. */
  readonly query?: 'tanstack';
}

/** What is generated where. */
export interface Job {
  /** The contract's root document, absolute. */
  readonly spec: string;
  /** Overlays that change the contract, absolute. */
  readonly overlay: readonly string[];
  /** Folders besides that of `spec` whose files `$ref` may read, absolute. */
  readonly allowRef: readonly string[];
  /** Whether a document that only warnings are about is refused; absent: only one with our keywords. */
  readonly strict?: boolean;
  /** The output folder, absolute. */
  readonly out: string;
  /** Modules beside the client that use other libraries. */
  readonly extras: Extras;
  /** The folder of the documentation site, absolute; absent: none is written. */
  readonly site?: string;
  /** The languages of the samples; absent: some that most readers know. */
  readonly samples?: readonly string[] | 'all';
}

/** The options of a run, as given. */
export interface JobOptions {
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  readonly strict?: boolean;
  readonly out?: string;
  readonly site?: string;
  readonly samples?: readonly string[] | 'all';
  readonly validators?: ValidatorName | 'none';
  readonly msw?: boolean;
  readonly query?: 'tanstack';
}

/**
 * Resolves the options of a run to absolute paths.
 *
 * @throws GeneratorError if `out` or `site` must not be an output folder, or a language of `samples` is unknown.
 */
export function jobOf(options: JobOptions): Job {
  const { spec, overlay = [], allowRef = [], strict, out = 'generated', site, samples } = options;
  const folder = outputFolder('--out', out, ' (default: generated)');
  const siteFolder = site === undefined ? undefined : outputFolder('--site', site);
  if (siteFolder === folder) {
    const message = `invalid --site ${JSON.stringify(site)}; expected another folder than that of --out`;
    throw new GeneratorError('OUTPUT_PROTECTED', message);
  }
  if (samples !== undefined) refuseUnknownLanguages(samples);
  return {
    spec: resolve(spec ?? defaultSpec()),
    overlay: overlay.map((file) => resolve(file)),
    allowRef: allowRef.map((folder) => resolve(folder)),
    ...(strict === undefined ? {} : { strict }),
    out: folder,
    extras: extrasOf(options),
    ...(siteFolder === undefined ? {} : { site: siteFolder }),
    ...(samples === undefined ? {} : { samples }),
  };
}

function extrasOf({ validators = 'none', msw = false, query }: JobOptions): Extras {
  return {
    ...(validators === 'none' ? {} : { validators }),
    ...(msw ? { msw } : {}),
    ...(query === undefined ? {} : { query }),
  };
}

function outputFolder(option: string, folder: string, hint = ''): string {
  if (folder === '') throw new GeneratorError('OUTPUT_UNWRITABLE', `invalid ${option} ""; expected a folder${hint}`);
  const path = resolve(folder);
  refuseProtected(option, folder, path);
  return path;
}

function refuseUnknownLanguages(samples: readonly string[] | 'all'): void {
  const unknown = samples === 'all' ? undefined : samples.find((language) => !LANGUAGE_KEYS.includes(language));
  if (unknown === undefined) return;
  const expected = `expected all, or some of ${LANGUAGE_KEYS.join(', ')}`;
  throw new GeneratorError('UNKNOWN_LANGUAGE', `invalid --samples ${JSON.stringify(unknown)}; ${expected}`);
}

/** Neither the root of a file system nor the home folder, nor a folder that contains it, is meant for generated files. */
function refuseProtected(option: string, given: string, folder: string): void {
  const target = realPath(folder);
  if (dirname(target) !== target && !isWithin(realPath(homedir()), target)) return;
  const what = dirname(target) === target ? 'the root of a file system' : 'the home folder or a parent of it';
  const message = `invalid ${option} ${JSON.stringify(given)}; expected a folder for generated files only, received ${what}`;
  throw new GeneratorError('OUTPUT_PROTECTED', message);
}

/** Whether a path is a folder, or below it. */
function isWithin(path: string, folder: string): boolean {
  return path === folder || (dirname(path) !== path && isWithin(dirname(path), folder));
}

/** With links followed, if it exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
