import { createRequire } from 'node:module';
import type { DiagnosticWithLocation, SourceFile } from 'typescript';
import type { GeneratedFile } from '../generated-file.js';

// By `require`: an import would first scan all of TypeScript for exports, which takes a tenth of a second.
const ts: typeof import('typescript') = createRequire(import.meta.url)('typescript');

/** The last valid text of each file: while a contract is being watched, most files stay as they are. */
const lastValid = new Map<string, string>();

/** A sentence about the first syntax error of an emitted file; undefined if there is none. */
export function syntaxProblem(file: GeneratedFile): string | undefined {
  if (lastValid.get(file.path) === file.text) return undefined;
  const problem = parsingProblem(file);
  if (problem === undefined) lastValid.set(file.path, file.text);
  return problem;
}

function parsingProblem({ path, text }: GeneratedFile): string | undefined {
  const file = ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.ESNext,
    // The syntax of comments cannot break code, and parsing them takes half of the time.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const [first] = syntaxErrors(file);
  if (first === undefined) return undefined;
  const { line, character } = file.getLineAndCharacterOfPosition(first.start);
  const found = text.split('\n')[line]?.trim().slice(0, 100);
  const reason = ts.flattenDiagnosticMessageText(first.messageText, ' ');
  return `${path}:${line + 1}:${character + 1} would not be valid TypeScript: ${reason} Found: ${JSON.stringify(found)}. Nothing was written; rename that part of the contract, and report this as a defect of rolecall.`;
}

/** The compiler keeps them in a property without a public type; the public way needs a whole program. */
function syntaxErrors(file: SourceFile): readonly DiagnosticWithLocation[] {
  const { parseDiagnostics = [] } = file as { readonly parseDiagnostics?: readonly DiagnosticWithLocation[] };
  return parseDiagnostics;
}
