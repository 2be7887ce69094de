import { readFile } from 'node:fs/promises';
import { checkConsistency } from '../check/consistency.js';
import type { Flaw } from '../check/flaw.js';
import { checkKeywords } from '../check/keywords.js';
import { checkStructure } from '../check/structure.js';
import type { Contract, JsonObject } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { buildContract } from '../read/read.js';
import { checkSwagger } from '../swagger/check.js';
import { fromSwagger2, isSwagger2 } from '../swagger/swagger.js';
import { inWordsOfSwagger } from '../swagger/words.js';
import { bundle } from './bundle.js';
import { toDialect31 } from './dialect.js';
import { fromDialect32 } from './dialect-32.js';
import { problemAt, type ReadFile, readFiles } from './files.js';
import { DocumentChanges, type OnCopy } from './mendable.js';
import type { Origins } from './origins.js';
import type { Parse } from './parse.js';
import { distinctInOrder } from './problem-order.js';
import type { Origin } from './source-file.js';
import { surveySchemas } from './survey-schemas.js';
import { withChildSchemas } from './with-child-schemas.js';

/** The options of `loadContract`. */
export interface LoadOptions {
  /** Folders besides that of the root document whose files `$ref` may read. Default: none. */
  readonly allowRef?: readonly string[];
  /** Paths of overlays that change the document before it is checked, in this order. Default: none. */
  readonly overlay?: readonly string[];
  /**
   * What makes no document unreadable is an error, too, instead of a warning. Default: only for documents with our
   * keywords.
   */
  readonly strict?: boolean;
  /** How files are read. Default: from disk. */
  readonly read?: ReadFile;
  /** How files that references name are parsed. Default: `parse`. */
  readonly parseReferred?: Parse;
  /** Called with the bundled document before it is checked. If no check changes it, it is the one of the contract. */
  readonly onRead?: (document: JsonObject) => void;
}

/** A contract, with where it comes from. */
export interface LoadedContract {
  readonly contract: Contract;
  /** Absolute paths of every file that was read, the root document first. */
  readonly files: readonly string[];
  /** What was read in spite of a problem, each at its place. */
  readonly warnings: readonly ContractProblem[];
}

/**
 * Loads a contract from its root document: YAML or JSON, one file or many, OpenAPI 3.0, 3.1 or 3.2 or Swagger 2.0, with
 * or without our keywords.
 *
 * References may read regular files in the folder of the root document, and in the folders of `allowRef`.
 *
 * @throws ContractError with every problem that was found and is not a warning: `CONTRACT_UNREADABLE` for a file that is
 * missing or cannot be parsed, `CONTRACT_INVALID` for a document that is not OpenAPI, misuses a keyword or contradicts
 * itself.
 */
export async function loadContract(
  file: string,
  { allowRef = [], overlay = [], read = readText, strict, parseReferred, onRead }: LoadOptions = {},
): Promise<LoadedContract> {
  const {
    document: loaded,
    origins,
    files,
    warnings: ofFiles,
    isOurs,
  } = await loadDocument(file, { allowRef, overlay, read, ...(parseReferred && { parseReferred }) });
  const keepOrigin = (from: object, to: object) => origins.keep(from, to);
  const written = fromSwagger2(loaded, origins);
  const { old, anchors } = surveySchemas(written);
  const document = anchors.resolved(written, keepOrigin);
  const current = withChildSchemas(toDialect31(document, keepOrigin, old.length > 0), keepOrigin);
  onRead?.(current);
  // An overlay may give our keywords to somebody else's document.
  const isStrict = strict ?? isOurs;
  if (isStrict && ofFiles.length > 0) throw new ContractError('CONTRACT_INVALID', distinctInOrder(ofFiles));
  const isSwagger = isSwagger2(loaded);
  const ofSwagger = isSwagger ? checkSwagger(loaded) : [];
  const sourceOf = (flaw: Flaw) => (ofSwagger.includes(flaw) ? loaded : old.includes(flaw) ? document : current);
  const locate = async (flaws: readonly Flaw[]): Promise<readonly ContractProblem[]> =>
    Promise.all(
      flaws.map((flaw) => {
        const message = isSwagger ? inWordsOfSwagger(flaw, loaded) : flaw.message;
        return describe({ ...flaw, message }, origins.at(sourceOf(flaw), flaw.pointer));
      }),
    );
  const admit = async (flaws: readonly Flaw[]): Promise<readonly ContractProblem[]> => {
    const unreadable = flaws.filter(({ mend }) => isStrict || mend === undefined);
    if (unreadable.length > 0) {
      const problems = distinctInOrder(await locate(unreadable));
      throw new ContractError('CONTRACT_INVALID', problems, { warnings: flaws.length - unreadable.length });
    }
    const located = await locate(flaws);
    return located.map((problem, index) => withConsequence(problem, flaws[index]?.leavesOut));
  };
  const flaws = [
    ...ofSwagger,
    ...old,
    ...anchors.ambiguous,
    ...checkStructure(current, document.openapi),
    ...checkKeywords(current),
  ];
  const warnings = await admit(flaws);
  const mended = mend(current, flaws, keepOrigin);
  const contract = buildContract(fromDialect32(mended, keepOrigin));
  const more = await admit(checkConsistency(contract));
  return { contract, files, warnings: distinctInOrder([...ofFiles, ...warnings, ...more]) };
}

/** A document before it is checked. */
export interface LoadedDocument {
  /** Bundled, with overlays applied, in the dialect in which it is written. */
  readonly document: JsonObject;
  readonly origins: Origins;
  /** Absolute paths of every file that was read: the root document, others that it refers to, and overlays. */
  readonly files: readonly string[];
  /** About the overlays and the texts of files. */
  readonly warnings: readonly ContractProblem[];
  /** Whether the root document has our keywords without overlays. */
  readonly isOurs: boolean;
}

/**
 * Reads a document with the files that it refers to, and applies overlays. An action of an overlay that matches nothing
 * in the root document is applied to the whole, in which path items of other files have their place.
 *
 * @throws ContractError with every problem that was found.
 */
export async function loadDocument(
  file: string,
  { allowRef = [], overlay = [], read = readText, parseReferred }: Omit<LoadOptions, 'strict' | 'onRead'> = {},
): Promise<LoadedDocument> {
  const sources = await readFiles(file, { read, allowRef, overlays: overlay, ...(parseReferred && { parseReferred }) });
  const { document, origins } = await bundle(file, sources);
  let { unmatched } = sources;
  let result = document;
  if (unmatched.length > 0 && sources.files.size > 1) {
    const { applyActions } = await import('../overlay/apply.js');
    const overlaid = applyActions(document, unmatched, origins);
    const problems = overlaid.problems.map(({ origin, message }) => problemAt(origin, message));
    if (problems.length > 0) throw new ContractError('CONTRACT_INVALID', await Promise.all(problems));
    unmatched = overlaid.unmatched;
    result = overlaid.document;
  }
  const warnings = unmatched.map(({ action: { target, pointer }, file: source }) =>
    problemAt({ file: source, pointer: `${pointer}/target` }, `"${target}" matches nothing in the document`),
  );
  return {
    document: result,
    origins,
    files: [...sources.files.keys(), ...sources.overlays.keys()],
    warnings: [...sources.warnings, ...(await Promise.all(warnings))],
    isOurs: sources.isOurs,
  };
}

/** A copy without the flaws. */
function mend(document: JsonObject, flaws: readonly Flaw[], onCopy: OnCopy): JsonObject {
  if (flaws.length === 0) return document;
  const changes = new DocumentChanges();
  for (const flaw of flaws) flaw.mend?.(changes);
  return changes.applyTo(document, onCopy);
}

const readText: ReadFile = (path) => readFile(path, 'utf8');

/** A warning says what the document is read without. */
function withConsequence(problem: ContractProblem, leavesOut: string | undefined): ContractProblem {
  return leavesOut === undefined ? problem : { ...problem, message: `${problem.message} (${leavesOut} is left out)` };
}

async function describe({ pointer, message }: Flaw, origin: Origin | undefined): Promise<ContractProblem> {
  if (origin !== undefined) return problemAt(origin, message);
  return { file: 'document', line: 1, column: 1, pointer: `#${pointer}`, message };
}
