import { parseSync } from 'oxc-parser';
import { GeneratorError } from '../../errors.js';
import type { GeneratedFile } from '../generated-file.js';

/** A sentence about the first syntax error of an emitted file; undefined if there is none. */
export function syntaxProblem({ path, text }: GeneratedFile): string | undefined {
  const [first] = parseSync(path, text, { lang: 'ts', sourceType: 'module' }).errors;
  if (first === undefined) return undefined;
  const before = text.slice(0, first.labels[0]?.start ?? 0).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  const found = text.split('\n')[line - 1]?.trim().slice(0, 100);
  return `${path}:${line}:${column} would not be valid TypeScript: ${first.message}. Found: ${JSON.stringify(found)}. Nothing was written; rename that part of the contract, and report this as a defect of rolecall.`;
}

/** Parses emitted code. @throws GeneratorError with the place of the first syntax error. */
export function checkSyntax(files: readonly GeneratedFile[]): void {
  for (const file of files) {
    const problem = syntaxProblem(file);
    if (problem !== undefined) throw new GeneratorError('OUTPUT_INVALID', problem);
  }
}
