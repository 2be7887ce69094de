import { readFile } from 'node:fs/promises';
import { checkConsistency } from '../check/consistency.js';
import type { Flaw } from '../check/flaw.js';
import { checkKeywords } from '../check/keywords.js';
import { checkStructure } from '../check/structure.js';
import type { Contract, Pointer } from '../contract.js';
import { ContractError, type ContractProblem, formatProblem } from '../errors.js';
import { isObject, joinPointer, splitPointer, step } from '../pointer.js';
import { buildContract } from '../read/read.js';
import { bundle } from './bundle.js';
import { toDialect31 } from './dialect.js';
import { type Origin, problemAt, type ReadFile, readFiles } from './files.js';

export interface LoadOptions {
  /** Folders besides that of the root document whose files `$ref` may read. Default: none. */
  readonly allowRef?: readonly string[];
  /** How files are read. Default: from disk. */
  readonly read?: ReadFile;
  /**
   * `false`: what leaves the document readable is a warning, such as a response without description, an undeclared scope
   * or a path parameter that is not declared. Default: `true`.
   */
  readonly strict?: boolean;
}

export interface LoadedContract {
  readonly contract: Contract;
  /** Absolute paths of every file that was read, the root document first. */
  readonly files: readonly string[];
  /** What a strict load refuses. */
  readonly warnings: readonly ContractProblem[];
}

/**
 * Loads a contract from its root document: YAML or JSON, one file or many, OpenAPI 3.0 or 3.1, with or without our
 * keywords.
 *
 * References may read regular files in the folder of the root document, and in the folders of `allowRef`.
 *
 * @throws ContractError with every problem that was found: `CONTRACT_UNREADABLE` for a file that is missing or cannot be
 * parsed, `CONTRACT_INVALID` for a document that is not OpenAPI, misuses a keyword or contradicts itself.
 */
export async function loadContract(
  file: string,
  { allowRef = [], read = readText, strict = true }: LoadOptions = {},
): Promise<LoadedContract> {
  const sources = await readFiles(file, { read, allowRef });
  const { document, origins } = await bundle(file, sources);
  const current = toDialect31(document, (from, to) => {
    const origin = origins.get(from);
    if (origin !== undefined) origins.set(to, origin);
  });
  const warnings: ContractProblem[] = [];
  const refuse = async (flaws: readonly Flaw[]): Promise<void> => {
    const locate = async (some: readonly Flaw[]) =>
      distinctInOrder(await Promise.all(some.map((flaw) => describe(flaw, originOf(current, flaw.pointer, origins)))));
    const isError = ({ minor }: Flaw) => strict || minor !== true;
    if (flaws.some(isError)) throw new ContractError('CONTRACT_INVALID', await locate(flaws.filter(isError)));
    warnings.push(...(await locate(flaws)));
  };
  await refuse([...checkStructure(current, document.openapi), ...checkKeywords(current)]);
  const contract = buildContract(current);
  await refuse(checkConsistency(contract));
  return { contract, files: [...sources.files.keys()], warnings };
}

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
