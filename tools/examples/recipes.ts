import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../contract/load/package-root.js';
import { installed } from '../sdks/install.js';
import { run } from '../sdks/run.js';
import { NPM_INSTALL } from '../sdks/sdk.js';

/** A recipe of `docs/testing.md`, checked with the tool that it is for. */
export interface Recipe {
  readonly name: string;
  /** Where its code block is on the page, by language. */
  readonly block: { readonly language: string; readonly index: number };
  /** What must be there, as commands that exit with 0. */
  readonly toolchain: readonly (readonly string[])[];
  readonly install: readonly (readonly string[])[];
  /** Where its code goes. */
  readonly file: string;
  /** Runs or compiles it. */
  readonly commands: readonly (readonly string[])[];
  /** JavaScript in place of TypeScript. */
  readonly transpiled?: true;
}

const NPX = ['npx', '--no-install'];

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>example</groupId><artifactId>recipe</artifactId><version>1</version>
<properties><maven.compiler.release>17</maven.compiler.release></properties>
<dependencies><dependency><groupId>org.testcontainers</groupId><artifactId>testcontainers</artifactId>
<version>1.21.3</version></dependency></dependencies>
<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.0</version></plugin></plugins></build>
</project>`;

export const RECIPES: readonly Recipe[] = [
  npm({
    name: 'vitest',
    index: 0,
    packages: ['vitest@4'],
    file: 'recipe.test.ts',
    command: ['vitest', 'run', 'recipe.test.ts'],
  }),
  {
    ...npm({
      name: 'jest',
      index: 1,
      packages: ['jest@30'],
      file: 'recipe.test.mjs',
      environment: ['NODE_OPTIONS=--experimental-vm-modules'],
      command: ['jest', '--testMatch', '**/*.test.mjs'],
    }),
    transpiled: true,
  },
  npm({
    name: 'playwright',
    index: 2,
    packages: ['@playwright/test@1'],
    file: 'recipe.spec.ts',
    command: ['playwright', 'test', 'recipe.spec'],
  }),
  npm({
    name: 'testcontainers-node',
    index: 4,
    packages: ['testcontainers', 'typescript@5.9', '@types/node@22'],
    file: 'recipe.ts',
    command: [
      ...['tsc', '--noEmit', '--strict', '--skipLibCheck'],
      ...['--target', 'es2023', '--module', 'nodenext', 'recipe.ts'],
    ],
  }),
  {
    name: 'testcontainers-python',
    block: { language: 'python', index: 0 },
    toolchain: [['python3', '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 9))']],
    install: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/pip', 'install', '-q', 'testcontainers==4.15.0', 'requests', 'mypy', 'types-requests'],
    ],
    file: 'recipe.py',
    commands: [['.venv/bin/mypy', 'recipe.py']],
  },
  {
    name: 'testcontainers-java',
    block: { language: 'java', index: 0 },
    toolchain: [
      ['javac', '--version'],
      ['mvn', '--version'],
    ],
    install: [[process.execPath, '-e', `require('fs').writeFileSync('pom.xml', ${JSON.stringify(POM)})`]],
    file: 'src/main/java/TenantInContainer.java',
    commands: [['mvn', '-q', 'compile']],
  },
  {
    name: 'testcontainers-go',
    block: { language: 'go', index: 0 },
    toolchain: [['go', 'version']],
    install: [
      ['go', 'mod', 'init', 'recipe'],
      ['go', 'get', 'github.com/testcontainers/testcontainers-go@v0.38.0'],
    ],
    file: 'main.go',
    commands: [
      ['go', 'mod', 'tidy'],
      ['go', 'vet', '.'],
    ],
  },
];

interface NpmRecipe {
  readonly name: string;
  /** Which of the page's TypeScript blocks. */
  readonly index: number;
  readonly packages: readonly string[];
  readonly file: string;
  /** `NAME=value`. */
  readonly environment?: readonly string[];
  /** A command of one of the packages. */
  readonly command: readonly string[];
}

function npm({ name, index, packages, file, environment = [], command }: NpmRecipe): Recipe {
  return {
    name,
    block: { language: 'ts', index },
    toolchain: [['npm', '--version']],
    install: [
      ['npm', 'init', '--yes', '--silent'],
      ['npm', 'pkg', 'set', 'type=module'],
      [...NPM_INSTALL, ...packages],
    ],
    file,
    commands: [[...(environment.length === 0 ? [] : ['env', ...environment]), ...NPX, ...command]],
  };
}

/**
 * Runs or compiles a recipe.
 *
 * @returns what went wrong; undefined if nothing did
 * @throws NotAvailable if its toolchain is missing
 */
export async function checkRecipe(recipe: Recipe): Promise<string | undefined> {
  const folder = await installed({ ...recipe, name: `recipe ${recipe.name}` });
  const file = join(folder, recipe.file);
  mkdirSync(join(file, '..'), { recursive: true });
  const code = blockOf(recipe);
  writeFileSync(file, recipe.transpiled ? transpiled(code) : code);
  copyFileSync(join(packageRoot(), 'examples', 'docker', 'tenant.json'), join(folder, 'tenant.json'));
  linkPackage(folder);
  for (const command of recipe.commands) {
    const { code: exitCode, output } = await run(command, folder);
    if (exitCode !== 0) return `${command.join(' ')} ended with ${exitCode}:\n${output}`;
  }
  return undefined;
}

/** Makes this checkout the `rolecall` of a folder with packages, which an earlier run, or another checkout, may have left. */
export function linkPackage(folder: string): void {
  const packages = join(folder, 'node_modules');
  if (!existsSync(packages)) return;
  const link = join(packages, 'rolecall');
  rmSync(link, { force: true });
  symlinkSync(packageRoot(), link);
}

/** The code of a recipe, from the page. */
export function blockOf({ block: { language, index } }: Recipe): string {
  const page = readFileSync(join(packageRoot(), 'docs', 'testing.md'), 'utf8');
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language);
  return blocks[index]?.[2] ?? '';
}

function transpiled(code: string): string {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
