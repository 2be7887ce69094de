import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contract } from '../../../contract/contract.js';
import { ContractError } from '../../../contract/errors.js';
import { CONVENTIONAL_SPEC, type SpecOptions } from '../../../contract/load/default.js';

/** Where an operation is written. */
export interface Place {
  /** Relative to the working directory, with forward slashes; absolute outside it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Places by the ids of operations. */
export type OperationPlaces = ReadonlyMap<string, Place>;

/**
 * Where operations are written in the document that a command reads. Empty for the packaged contract, which is no file of
 * the user's, and for a document that cannot be read: a report that is finished must not be lost for that.
 * @param load - gives the contract of the document
 */
export async function operationPlaces(
  load: () => Pick<Contract, 'operations'> | Promise<Pick<Contract, 'operations'>>,
  { spec, overlay = [], allowRef = [] }: Omit<SpecOptions, 'strict'>,
  ids: ReadonlySet<string>,
): Promise<OperationPlaces> {
  if (ids.size === 0 || (spec === undefined && !existsSync(CONVENTIONAL_SPEC))) return new Map();
  const [{ loadDocument }, { displayPath }, { locate }] = await Promise.all([
    import('../../../contract/load/load.js'),
    import('../../../contract/load/files.js'),
    import('../../../contract/load/locate.js'),
  ]);
  try {
    const { operations } = await load();
    const wanted = operations.filter(({ id }) => ids.has(id));
    const { document, origins } = await loadDocument(spec ?? CONVENTIONAL_SPEC, { overlay, allowRef });
    return new Map(
      wanted.flatMap(({ id, pointer }): readonly [string, Place][] => {
        const origin = origins.at(document, pointer);
        if (origin === undefined) return [];
        const file = displayPath(origin.file.path).replaceAll('\\', '/');
        return [[id, { file, line: locate(origin.file.text, origin.pointer).line }]];
      }),
    );
  } catch (error) {
    if (error instanceof ContractError) return new Map();
    throw error;
  }
}

/** A path as SARIF has it: a reference relative to the working directory, or a URL. */
export function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F');
}
