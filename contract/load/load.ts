import { readFile } from 'node:fs/promises';
import { checkConsistency } from '../check/consistency.js';
import type { Flaw } from '../check/flaw.js';
import { checkKeywords } from '../check/keywords.js';
import { checkStructure } from '../check/structure.js';
import type { Contract, JsonObject, Pointer } from '../contract.js';
import { ContractError, type ContractProblem, formatProblem } from '../errors.js';
import { isObject, joinPointer, splitPointer, step } from '../pointer.js';
import { buildContract } from '../read/read.js';
import { bundle } from './bundle.js';
import { toDialect31 } from './dialect.js';
import { fromDialect32 } from './dialect-32.js';
import { type Origin, problemAt, type ReadFile, readFiles } from './files.js';
import { DocumentChanges, type OnCopy } from './mendable.js';

export interface LoadOptions {
  /** Folders besides that of the root document whose files `$ref` may read. Default: none. */
  readonly allowRef?: readonly string[];
  /**
   * What makes no document unreadable is an error, too, instead of a warning. Default: only for documents with our
   * keywords.
   */
  readonly strict?: boolean;
  /** How files are read. Default: from disk. */
  readonly read?: ReadFile;
}

export interface LoadedContract {
  readonly contract: Contract;
  /** Absolute paths of every file that was read, the root document first. */
  readonly files: readonly string[];
  /** What was read in spite of a problem, each at its place. */
  readonly warnings: readonly ContractProblem[];
}

/**
 * Loads a contract from its root document: YAML or JSON, one file or many, OpenAPI 3.0, 3.1 or 3.2, with or without our
 * keywords.
 *
 * References may read regular files in the folder of the root document, and in the folders of `allowRef`.
 *
 * @throws ContractError with every problem that was found: `CONTRACT_UNREADABLE` for a file that is missing or cannot be
 * parsed, `CONTRACT_INVALID` for a document that is not OpenAPI, misuses a keyword or contradicts itself.
 */
export async function loadContract(
  file: string,
  { allowRef = [], read = readText, strict }: LoadOptions = {},
): Promise<LoadedContract> {
  const sources = await readFiles(file, { read, allowRef });
  const { document, origins } = await bundle(file, sources);
  const keepOrigin = (from: object, to: object) => {
    const origin = origins.get(from);
    if (origin !== undefined) origins.set(to, origin);
  };
  const current = toDialect31(document, keepOrigin);
  const isStrict = strict ?? hasKeywords(current);
  const locate = async (flaws: readonly Flaw[]): Promise<readonly ContractProblem[]> =>
    Promise.all(flaws.map((flaw) => describe(flaw, originOf(current, flaw.pointer, origins))));
  const admit = async (flaws: readonly Flaw[]): Promise<readonly ContractProblem[]> => {
    const located = await locate(flaws);
    if (flaws.some(({ mend }) => isStrict || mend === undefined))
      throw new ContractError('CONTRACT_INVALID', distinctInOrder(located));
    return located;
  };
  const written = [...checkStructure(current, document.openapi), ...checkKeywords(current)];
  const warnings = await admit(written);
  const mended = mend(current, written, keepOrigin);
  const contract = buildContract(fromDialect32(mended, keepOrigin));
  const more = await admit(checkConsistency(contract));
  return { contract, files: [...sources.files.keys()], warnings: distinctInOrder([...warnings, ...more]) };
}

/** A copy without the flaws. */
function mend(document: JsonObject, flaws: readonly Flaw[], onCopy: OnCopy): JsonObject {
  if (flaws.length === 0) return document;
  const changes = new DocumentChanges();
  for (const flaw of flaws) flaw.mend?.(changes);
  return changes.applyTo(document, onCopy);
}

/** Whether a document is written for Rolecall. */
function hasKeywords({ components }: JsonObject): boolean {
  return isObject(components) && Object.keys(components).some((name) => name.startsWith('x-') && OURS.has(name));
}

const OURS = new Set(['x-resources', 'x-relations', 'x-problems']);

const readText: ReadFile = (path) => readFile(path, 'utf8');

/** Where a place of the bundled document was written: the closest object around it with a known origin, and the rest. */
function originOf(document: object, pointer: Pointer, origins: WeakMap<object, Origin>): Origin | undefined {
  const segments = splitPointer(pointer);
  let value: unknown = document;
  let found = origins.get(document);
  for (const segment of segments) {
    value = Array.isArray(value) || isObject(value) ? step(value, segment) : undefined;
    const origin = typeof value === 'object' && value !== null ? origins.get(value) : undefined;
    found = origin ?? (found && { file: found.file, pointer: joinPointer(found.pointer, segment) });
  }
  return found;
}

async function describe({ pointer, message }: Flaw, origin: Origin | undefined): Promise<ContractProblem> {
  if (origin !== undefined) return problemAt(origin, message);
  return { file: 'document', line: 1, column: 1, pointer: `#${pointer}`, message };
}

/** A component that several places use is one problem. */
function distinctInOrder(problems: readonly ContractProblem[]): readonly ContractProblem[] {
  const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...distinct.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
