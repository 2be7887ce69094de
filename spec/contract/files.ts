import { dirname, relative, resolve } from 'node:path';
import type { Json, Pointer } from './contract.js';
import { ContractError, type ContractProblem } from './errors.js';
import { isObject, joinPointer } from './pointer.js';

/** A file of the contract, parsed. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly value: Json;
}

/** How files are read; an argument so that tests and watchers can bring their own. */
export type ReadFile = (path: string) => Promise<string>;

/** A place in one file. */
export interface Origin {
  readonly file: SourceFile;
  readonly pointer: Pointer;
}

/** The two halves of a `$ref`: the file it names (empty: the same) and the pointer within. */
export function splitReference(reference: string): { readonly file: string; readonly pointer: Pointer } {
  const [file = '', fragment = ''] = reference.split('#', 2);
  return { file: decodeURIComponent(file), pointer: decodeURIComponent(fragment) };
}

/**
 * Reads a document and every file that its references name, each once, side by side.
 *
 * @throws ContractError with a problem for each file that is missing or is neither YAML nor JSON.
 */
export async function readFiles(entry: string, read: ReadFile): Promise<ReadonlyMap<string, SourceFile>> {
  const files = new Map<string, SourceFile>();
  const problems: ContractProblem[] = [];
  const asked = new Set<string>();

  async function visit(path: string, from?: { readonly file: SourceFile; readonly pointer: Pointer }): Promise<void> {
    if (asked.has(path)) return;
    asked.add(path);
    let text: string;
    try {
      text = await read(path);
    } catch (cause) {
      problems.push(await missing(path, cause, from));
      return;
    }
    const parsed = await parse(path, text);
    if ('problem' in parsed) {
      problems.push(parsed.problem);
      return;
    }
    const file = { path, text, value: parsed.value };
    files.set(path, file);
    await Promise.all(externalReferences(file).map(({ target, pointer }) => visit(target, { file, pointer })));
  }

  await visit(resolve(entry));
  if (problems.length > 0) throw new ContractError('CONTRACT_UNREADABLE', problems);
  return files;
}

/** A path as a reader of a message wants it: relative to the working directory where it lies below. */
export function displayPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') || shown === '' ? path : shown;
}

async function missing(
  path: string,
  cause: unknown,
  from: { readonly file: SourceFile; readonly pointer: Pointer } | undefined,
): Promise<ContractProblem> {
  const reason =
    isErrno(cause) && cause.code === 'ENOENT'
      ? 'there is no such file'
      : isErrno(cause) && cause.code === 'EISDIR'
        ? 'it is a folder'
        : String(cause instanceof Error ? cause.message : cause);
  if (from === undefined) {
    const advice = 'expected the root document of a contract, OpenAPI in YAML or JSON';
    return {
      file: displayPath(path),
      line: 1,
      column: 1,
      pointer: '#/',
      message: `cannot be read: ${reason}; ${advice}`,
    };
  }
  const { locate } = await import('./locate.js');
  return {
    file: displayPath(from.file.path),
    ...locate(from.file.text, `${from.pointer}/$ref`),
    pointer: `#${from.pointer}/$ref`,
    message: `"${displayPath(path)}" cannot be read: ${reason}; expected the file that $ref names`,
  };
}

function isErrno(value: unknown): value is NodeJS.ErrnoException {
  return value instanceof Error && 'code' in value;
}

async function parse(path: string, text: string): Promise<{ value: Json } | { problem: ContractProblem }> {
  if (path.endsWith('.json')) {
    try {
      return { value: JSON.parse(text) };
    } catch {
      // JSON is YAML: the YAML reader below says where it breaks.
    }
  }
  const { load, JSON_SCHEMA, Type, YAMLException } = await import('js-yaml');
  try {
    // JSON_SCHEMA: a date or `yes` stays the string that it was written as. It lacks the merge key, `<<: *common`.
    const merge = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (key) => key === '<<' });
    const schema = JSON_SCHEMA.extend({ implicit: [merge] });
    const value = load(text, { schema }) as Json | undefined; // the text is one JSON value by then
    if (!containsItself(value)) return { value: value ?? null };
    const message = 'has an alias inside the value that it stands for; expected a value that ends (use $ref instead)';
    return { problem: { file: displayPath(path), line: 1, column: 1, pointer: '#/', message } };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    const file = displayPath(path);
    return {
      problem: { file, line: line + 1, column: column + 1, pointer: '#/', message: `is not YAML: ${error.reason}` },
    };
  }
}

/** Whether an alias of YAML leads back to something that it stands in. */
function containsItself(value: Json | undefined): boolean {
  const around = new Set<Json>();
  const ended = new Set<Json>();
  const visit = (each: Json): boolean => {
    if (typeof each !== 'object' || each === null || ended.has(each)) return false;
    if (around.has(each)) return true;
    around.add(each);
    const found = Object.values(each).some(visit);
    around.delete(each);
    ended.add(each);
    return found;
  };
  return value !== undefined && visit(value);
}

function externalReferences(file: SourceFile): readonly { readonly target: string; readonly pointer: Pointer }[] {
  const found: { target: string; pointer: Pointer }[] = [];
  const way: (string | number)[] = [];
  const walk = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isObject(value)) {
      const reference = value.$ref;
      const name = typeof reference === 'string' && !reference.startsWith('#') ? splitReference(reference).file : '';
      if (name !== '' && !isUrl(name)) {
        found.push({ target: resolve(dirname(file.path), name), pointer: joinPointer('', ...way) });
      }
    }
    for (const [key, entry] of Object.entries(value)) {
      way.push(key);
      walk(entry);
      way.pop();
    }
  };
  walk(file.value);
  return found;
}

/** Has a scheme, and so would have to be fetched. */
export function isUrl(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(reference);
}
