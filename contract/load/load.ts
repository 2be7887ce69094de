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
import { displayPath, type Origin, type ReadFile, readFiles } from './files.js';

export interface LoadedContract {
  readonly contract: Contract;
  /** Absolute paths of every file that was read, the root document first. */
  readonly files: readonly string[];
}

/**
 * Loads a contract from its root document: YAML or JSON, one file or many, OpenAPI 3.0 or 3.1, with or without our
 * keywords.
 *
 * @throws ContractError with every problem that was found: `CONTRACT_UNREADABLE` where a file is missing or cannot be
 * parsed, `CONTRACT_INVALID` where the document is not OpenAPI, misuses a keyword or contradicts itself.
 */
export async function loadContract(file: string, read: ReadFile = readText): Promise<LoadedContract> {
  const sources = await readFiles(file, read);
  const { document, origins } = await bundle(file, sources);
  const current = toDialect31(document, (from, to) => {
    const origin = origins.get(from);
    if (origin !== undefined) origins.set(to, origin);
  });
  const locate = (flaw: Flaw): LocatedFlaw => ({ ...flaw, origin: originOf(current, flaw.pointer, origins) });
  const flaws = [...checkStructure(current, document.openapi), ...checkKeywords(current)].map(locate);
  if (flaws.length > 0) throw new ContractError('CONTRACT_INVALID', await describe(flaws));
  const contract = buildContract(current);
  const contradictions = checkConsistency(contract).map(locate);
  if (contradictions.length > 0) throw new ContractError('CONTRACT_INVALID', await describe(contradictions));
  return { contract, files: [...sources.files.keys()] };
}

const readText: ReadFile = (path) => readFile(path, 'utf8');

interface LocatedFlaw extends Flaw {
  readonly origin: Origin | undefined;
}

/** Where a place of the bundled document was written: the nearest object around it whose origin is known, and the rest. */
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

async function describe(flaws: readonly LocatedFlaw[]): Promise<readonly ContractProblem[]> {
  const { locate } = await import('./locate.js');
  const problems = flaws.map(({ origin, pointer, message }): ContractProblem => {
    const place = origin?.pointer ?? pointer;
    const file = origin === undefined ? 'document' : displayPath(origin.file.path);
    const at = origin === undefined ? { line: 1, column: 1 } : locate(origin.file.text, place);
    return { file, ...at, pointer: `#${place}`, message };
  });
  // A component that several places use is one problem.
  const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...distinct.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
