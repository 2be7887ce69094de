import { join } from 'node:path';
import type { JsonObject } from '../../contract.js';
import { ContractError, type ContractProblem } from '../../errors.js';
import { type LoadedContract, loadContract } from '../../load/load.js';
import { getPointer } from '../../pointer.js';
import { writeFiles } from '../../test-support/write-files.js';

/** The first lines of a document. */
export const HEAD = 'swagger: "2.0"\ninfo: {title: T, version: "1"}\n';
/** The answers of an operation. */
export const OK = "responses: {'200': {description: ok}}";

/** Loads `swagger.yaml` of these files, with overlays that are among them. */
export async function load(
  files: Readonly<Record<string, string>>,
  overlay: readonly string[] = [],
): Promise<LoadedContract> {
  const folder = writeFiles(files);
  return loadContract(join(folder, 'swagger.yaml'), { overlay: overlay.map((name) => join(folder, name)) });
}

/** The document that is read, in the dialect of OpenAPI 3.1. */
export async function converted(text: string): Promise<JsonObject> {
  return (await load({ 'swagger.yaml': HEAD + text })).contract.document;
}

/** What is read of the operation `GET /x`, by a pointer in it. */
export async function inOperation(operation: string, pointer: string, more = ''): Promise<unknown> {
  const document = await converted(`${more}paths: {/x: {get: {${operation}}}}`);
  return getPointer(document, `/paths/~1x/get${pointer}`);
}

/** What is wrong with a document, whether that can be read or not. */
export async function problemsIn(text: string): Promise<readonly ContractProblem[]> {
  try {
    return (await load({ 'swagger.yaml': HEAD + text })).warnings;
  } catch (error) {
    if (error instanceof ContractError) return error.problems;
    throw error;
  }
}
