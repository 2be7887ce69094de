import { dirname, relative, resolve } from 'node:path';
import type { Field } from '../check/openapi.js';
import type { Json, Pointer } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { getPointer } from '../pointer.js';
import { parse } from './parse.js';
import { findReferences, isUrl, splitReference, type Target } from './references.js';

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

/** The files of a contract. */
export interface Sources {
  /** By absolute path, the root document first. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Some reference is percent-encoded, and so has to be rewritten even where there is one file alone. */
  readonly encoded: boolean;
}

/**
 * Reads a document and every file that its references name, each once, side by side.
 *
 * @throws ContractError with a problem for each file that is missing or is neither YAML nor JSON, and for each reference
 * that is none.
 */
export async function readFiles(entry: string, read: ReadFile): Promise<Sources> {
  const files = new Map<string, SourceFile>();
  const problems: ContractProblem[] = [];
  const asked = new Map<string, Promise<SourceFile | undefined>>();
  const seen = new Set<Json>();
  let encoded = false;

  function open(path: string, from?: Origin): Promise<SourceFile | undefined> {
    const known = asked.get(path);
    if (known !== undefined) return known;
    const opened = readOne(path, from);
    asked.set(path, opened);
    return opened;
  }

  async function readOne(path: string, from: Origin | undefined): Promise<SourceFile | undefined> {
    let text: string;
    try {
      text = await read(path);
    } catch (cause) {
      problems.push(await missing(path, cause, from));
      return undefined;
    }
    const parsed = await parse(path, text);
    if ('problem' in parsed) {
      const { line, column, message } = parsed.problem;
      problems.push({ file: displayPath(path), line, column, pointer: '#/', message });
      return undefined;
    }
    const file = { path, text, value: parsed.value };
    files.set(path, file);
    return file;
  }

  /** Reads what a part of a file refers to, whether the reference stands there or in another part that it leads to. */
  async function follow(file: SourceFile, first: Part): Promise<void> {
    const parts = [first];
    const known = new Set<Pointer>();
    const pending: Promise<void>[] = [];
    // A list grows while it is walked.
    for (const part of parts) {
      const start = getPointer(file.value, part.pointer);
      if (start === undefined) continue;
      findReferences(start, part, seen, (reference, field, at) => {
        if (isUrl(reference)) return;
        const target = splitReference(reference);
        encoded ||= reference.includes('%');
        if (target === undefined) pending.push(report(undecodable(reference, { file, pointer: at() })));
        else if (target.file === '') {
          if (!known.has(target.pointer)) parts.push({ pointer: target.pointer, field });
          known.add(target.pointer);
        } else pending.push(enter(target, field, { file, pointer: at() }));
      });
    }
    await Promise.all(pending);
  }

  async function enter(target: Target, field: Field | undefined, from: Origin): Promise<void> {
    const file = await open(resolve(dirname(from.file.path), target.file), from);
    if (file !== undefined) await follow(file, { pointer: target.pointer === '/' ? '' : target.pointer, field });
  }

  async function report(problem: Promise<ContractProblem>): Promise<void> {
    problems.push(await problem);
  }

  const root = await open(resolve(entry));
  if (root !== undefined) await follow(root, { pointer: '', field: { is: 'one', kind: 'document' } });
  if (problems.length > 0) throw new ContractError('CONTRACT_UNREADABLE', problems);
  return { files, encoded };
}

/** A place in a file, and what the table of OpenAPI's objects has there. */
interface Part {
  readonly pointer: Pointer;
  readonly field: Field | undefined;
}

/** A path as a reader of a message wants it: relative to the working directory where it lies below. */
export function displayPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') || shown === '' ? path : shown;
}

async function missing(path: string, cause: unknown, from: Origin | undefined): Promise<ContractProblem> {
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
  return problemAt(from, `"${displayPath(path)}" cannot be read: ${reason}; expected the file that $ref names`);
}

function undecodable(reference: string, place: Origin): Promise<ContractProblem> {
  const advice = 'expected two hexadecimal digits after "%"; write a percent sign as "%25"';
  return problemAt(place, `"$ref: ${reference}" is no reference: ${advice}`);
}

/** A problem at a place of one file. */
export async function problemAt({ file, pointer }: Origin, message: string): Promise<ContractProblem> {
  const { locate } = await import('./locate.js');
  return { file: displayPath(file.path), ...locate(file.text, pointer), pointer: `#${pointer}`, message };
}

function isErrno(value: unknown): value is NodeJS.ErrnoException {
  return value instanceof Error && 'code' in value;
}
