import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { command as verify } from './conformance/command.js';
import { packageRoot } from './contract/load/package-root.js';
import { command as diff } from './diff/command.js';
import { command as generate } from './generator/command.js';
import { command as replay } from './replay/command.js';
import { command as tenant } from './tenant/command.js';

/** What the pages for people say has to be true of the commands and types that there are. */

const PAGES = ['README.md', 'CONTRIBUTING.md', 'spec/README.md'];
const COMMANDS: Readonly<Record<string, () => Command>> = { generate, verify, tenant, replay, diff };

const root = packageRoot();
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The code blocks of a page in one language. */
function blocks(page: string, language: string): readonly string[] {
  return [...read(page).matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```/gm)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
}

const invocations = PAGES.flatMap((page) =>
  ['sh', 'yaml'].flatMap((language) =>
    blocks(page, language).flatMap((text) =>
      [...text.matchAll(/npx rolecall ([a-z]+)([^#\n|]*)/g)].map(([line, name = '', rest = '']) => ({
        page,
        line,
        name,
        words: rest
          .trim()
          .split(/\s+/)
          .filter((word) => word !== ''),
      })),
    ),
  ),
);

test('the pages name commands', () => {
  expect(invocations.length).toBeGreaterThan(15);
});

test.each(invocations)('$page: $line', async ({ name, words }) => {
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`there is no command "${name}"`);
  const known = command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .action(() => undefined);
  await known.parseAsync(words, { from: 'user' });
});

test('the TypeScript of the README compiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-readme-'));
  const files = blocks('README.md', 'ts').map((text, index) => {
    const file = join(folder, `sample-${index}.ts`);
    writeFileSync(file, text);
    return file;
  });
  expect(files.length).toBeGreaterThan(2);
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true, // as the project's own sources, which stand in for its declarations
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    paths: {
      'rolecall/client': [join(root, 'generated/client.ts')],
      'rolecall/tenant': [join(root, 'tenant/tenant.ts')],
      'rolecall/vitest': [join(root, 'conformance/vitest.ts')],
    },
  });
  // The samples alone: what they import is checked with everything else.
  const diagnostics = files
    .map((file) => program.getSourceFile(file))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  expect(diagnostics).toEqual([]);
});
