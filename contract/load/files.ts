import { dirname, relative, resolve } from 'node:path';
import type { Field } from '../check/openapi.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { fileErrorReason } from '../file-error.js';
import { getPointer, isObject } from '../pointer.js';
import { FileAccess, type Refusal, withoutQuotes } from './file-access.js';
import { DocumentChanges } from './mendable.js';
import { parse } from './parse.js';
import { findReferences, isUrl, localReference, type Part, splitReference, type Target } from './references.js';

/** A file of the contract, parsed. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly value: Json;
  /** Messages must not quote it. */
  readonly isForeign: boolean;
}

/** How files are read. */
export type ReadFile = (path: string) => Promise<string>;

export interface ReadFilesOptions {
  readonly read: ReadFile;
  /** Folders besides that of the root document whose files references may read. */
  readonly allowRef: readonly string[];
}

/** A place in one file. */
export interface Origin {
  readonly file: SourceFile;
  readonly pointer: Pointer;
}

/** The files of a contract. */
export interface Sources {
  /** By absolute path, the root document first. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** A reference is percent-encoded, so references have to be rewritten even in a single file. */
  readonly encoded: boolean;
}

/**
 * Reads a document and every file that its references name, each once, in parallel.
 *
 * @throws ContractError with a problem for each file that is missing, that references may not read, or that is neither
 * YAML nor JSON, and for each malformed reference.
 */
export async function readFiles(entry: string, { read, allowRef }: ReadFilesOptions): Promise<Sources> {
  const reader = new SourceReader(read, new FileAccess(entry, allowRef));
  const root = await reader.openRoot(resolve(entry));
  if (root !== undefined) await reader.follow(root, { pointer: '', field: { is: 'one', kind: 'document' } });
  if (reader.problems.length > 0) throw new ContractError('CONTRACT_UNREADABLE', reader.problems);
  return { files: reader.files, encoded: reader.encoded };
}

class SourceReader implements Sources {
  readonly files = new Map<string, SourceFile>();
  readonly problems: ContractProblem[] = [];
  encoded = false;
  readonly #read: ReadFile;
  readonly #access: FileAccess;
  /** By absolute path; a file is opened once, however many references name it. */
  readonly #opened = new Map<string, Promise<SourceFile | undefined>>();
  readonly #seen = new Set<Json>();

  constructor(read: ReadFile, access: FileAccess) {
    this.#read = read;
    this.#access = access;
  }

  /** Opens the root document. Its references may use the URL that it gives itself. */
  async openRoot(path: string): Promise<SourceFile | undefined> {
    const file = await this.open(path);
    if (file === undefined || !isObject(file.value) || typeof file.value.$self !== 'string') return file;
    const root = { ...file, value: withLocalReferences(file.value, file.value.$self) };
    this.files.set(path, root);
    this.#opened.set(path, Promise.resolve(root));
    return root;
  }

  /** @param from the reference that names the file; none for the root document */
  open(path: string, from?: Origin): Promise<SourceFile | undefined> {
    const known = this.#opened.get(path);
    if (known !== undefined) return known;
    const opened = this.#open(path, from);
    this.#opened.set(path, opened);
    return opened;
  }

  async #open(path: string, from: Origin | undefined): Promise<SourceFile | undefined> {
    const refusal = from === undefined ? undefined : await this.#access.refusalOf(path);
    if (from !== undefined && refusal !== undefined) {
      this.problems.push(await problemAt(from, `"${displayPath(path)}" ${REFUSED[refusal](path)}`));
      return undefined;
    }
    let text: string;
    try {
      text = await this.#read(path);
    } catch (cause) {
      this.problems.push(await missing(path, cause, from));
      return undefined;
    }
    // The user names the root document.
    const isForeign = from !== undefined && (await this.#access.isForeign(path));
    const parsed = await parse(path, text);
    if ('problem' in parsed) {
      const { line, column, message } = parsed.problem;
      const shown = isForeign ? withoutQuotes(message) : message;
      this.problems.push({ file: displayPath(path), line, column, pointer: '#/', message: shown });
      return undefined;
    }
    const file = { path, text, value: parsed.value, isForeign };
    this.files.set(path, file);
    return file;
  }

  /** Reads the files that a part of a file refers to, directly or through other parts of it. */
  async follow(file: SourceFile, first: Part): Promise<void> {
    const parts = [first];
    const known = new Set<Pointer>();
    const pending: Promise<void>[] = [];
    // The list grows while it is walked.
    for (const part of parts) {
      const start = getPointer(file.value, part.pointer);
      if (start === undefined) continue;
      findReferences(start, part, this.#seen, (reference, field, at) => {
        if (isUrl(reference)) return;
        const target = splitReference(reference);
        this.encoded ||= reference.includes('%');
        if (target === undefined) pending.push(this.#report(undecodable(reference, { file, pointer: at() })));
        else if (target.file === '') {
          if (!known.has(target.pointer)) parts.push({ pointer: target.pointer, field });
          known.add(target.pointer);
        } else pending.push(this.#enter(target, field, { file, pointer: at() }));
      });
    }
    await Promise.all(pending);
  }

  async #enter(target: Target, field: Field | undefined, from: Origin): Promise<void> {
    const file = await this.open(resolve(dirname(from.file.path), target.file), from);
    if (file !== undefined) await this.follow(file, { pointer: target.pointer === '/' ? '' : target.pointer, field });
  }

  async #report(problem: Promise<ContractProblem>): Promise<void> {
    this.problems.push(await problem);
  }
}

/** A copy of a document in which references by its own URL are relative to its file. */
function withLocalReferences(document: JsonObject, self: string): JsonObject {
  const changes = new DocumentChanges();
  findReferences(document, { pointer: '', field: { is: 'one', kind: 'document' } }, new Set(), (reference, _, at) => {
    const local = localReference(reference, self);
    if (local !== reference) changes.set(at(), local);
  });
  return changes.applyTo(document, () => {});
}

/** A path as messages show it: relative to the working directory for files below it. */
export function displayPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') || shown === '' ? path : shown;
}

const REFUSED: Readonly<Record<Refusal, (path: string) => string>> = {
  outside: (path) =>
    `is outside the folder of the contract; pass --allow-ref ${displayPath(dirname(path))} if you trust the contract`,
  irregular: () => 'is not a regular file; expected a YAML or JSON file',
};

async function missing(path: string, cause: unknown, from: Origin | undefined): Promise<ContractProblem> {
  const reason = fileErrorReason(cause);
  const file = displayPath(path);
  if (from === undefined) {
    const advice = 'expected the root document of a contract, OpenAPI in YAML or JSON';
    return { file, line: 1, column: 1, pointer: '#/', message: `cannot be read: ${reason}; ${advice}` };
  }
  return problemAt(from, `"${file}" cannot be read: ${reason}; expected the file that $ref names`);
}

function undecodable(reference: string, place: Origin): Promise<ContractProblem> {
  const advice = 'expected two hexadecimal digits after "%"; write a percent sign as "%25"';
  return problemAt(place, `"$ref: ${reference}" is malformed: ${advice}`);
}

/** A problem at a place of one file. */
export async function problemAt({ file, pointer }: Origin, message: string): Promise<ContractProblem> {
  const { locate } = await import('./locate.js');
  const place = { file: displayPath(file.path), ...locate(file.text, pointer) };
  if (file.isForeign) return { ...place, pointer: '#/', message: withoutQuotes(message) };
  return { ...place, pointer: `#${pointer}`, message };
}
