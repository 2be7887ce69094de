import { type OxcError, parse, parseSync } from 'oxc-parser';
import { GeneratorError } from '../../errors.js';
import type { GeneratedFile } from '../generated-file.js';

const OPTIONS = { lang: 'ts', sourceType: 'module' } as const;

/** A sentence about the first syntax error of an emitted file; undefined if there is none. */
export function syntaxProblem(file: GeneratedFile): string | undefined {
  return problemOf(file, parseSync(file.path, file.text, OPTIONS).errors);
}

/** Parses emitted code beside this thread. @throws GeneratorError with the place of the first syntax error. */
export async function checkSyntax(file: GeneratedFile): Promise<void> {
  const problem = problemOf(file, (await parse(file.path, file.text, OPTIONS)).errors);
  if (problem !== undefined) throw new GeneratorError('OUTPUT_INVALID', problem);
}

function problemOf({ path, text }: GeneratedFile, [first]: readonly OxcError[]): string | undefined {
  if (first === undefined) return undefined;
  const before = text.slice(0, first.labels[0]?.start ?? 0).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  const found = text.split('\n')[line - 1]?.trim().slice(0, 100);
  return `${path}:${line}:${column} would not be valid TypeScript: ${first.message}. Found: ${JSON.stringify(found)}. Nothing was written; rename that part of the contract, and report this as a defect of rolecall.`;
}
