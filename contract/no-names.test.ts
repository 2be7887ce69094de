import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { beforeAll, expect, test } from 'vitest';
import type { Contract } from './contract.js';
import { defaultContract } from './load/default.js';
import { packageRoot } from './load/package-root.js';

/**
 * The rule that shapes the code: it depends on the vocabulary of the contract, and never names an operation of the
 * contract. Provider-specific code is in folders named `auth0`.
 */
const PARTS = ['contract', 'generator', 'tenant', 'conformance', 'replay', 'proxy', 'scopes', 'diff', 'console', 'web'];
const ROOTS = [...PARTS, 'rolecall.ts'];
const EXEMPT_FOLDERS = ['auth0', 'test-support'];

/** Words of standards that are also errorCodes of the provider: the scheme of RFC 6750. */
const STANDARD_WORDS = ['Bearer'];

let contract: Contract;
let words: ReadonlyMap<string, string>;

beforeAll(async () => {
  contract = await defaultContract();
  words = wordsOf(contract);
});

test('no path, operationId, relation, scope or errorCode of the contract occurs in code', () => {
  const files = ROOTS.flatMap((root) => sources(join(packageRoot(), root)));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => namesIn(file, readFileSync(file, 'utf8')))).toEqual([]);
});

test('the rule notices each kind of name', () => {
  const [operation] = contract.operations;
  const [relation] = contract.relations.keys();
  const [scope] = contract.scopes;
  const errorCode = [...contract.problems.values()].find(({ when }) => when.kind === 'scope')?.errorCode;
  for (const name of [operation?.path, `prefix${operation?.path}`, operation?.id, relation, scope, errorCode]) {
    expect(namesIn('broken.ts', `if (operation === '${name}') {}`), `"${name}"`).toHaveLength(1);
    expect(namesIn('broken.ts', `const text = \`${name}\`;`), `"${name}"`).toHaveLength(1);
  }
  expect(namesIn('fine.ts', `// ${operation?.path}\nconst text = 'nothing of it';`)).toEqual([]);
});

function sources(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .filter((name) => !name.split(sep).some((part) => EXEMPT_FOLDERS.includes(part)))
    .map((name) => join(path, name));
}

/** The names in the contract, and what each names. */
function wordsOf({ operations, relations, scopes, problems }: Contract): ReadonlyMap<string, string> {
  return new Map<string, string>([
    ...operations.map(({ id }): [string, string] => [id, 'an operation']),
    ...[...relations.keys()].map((name): [string, string] => [name, 'a relation']),
    ...scopes.map((scope): [string, string] => [scope, 'a scope']),
    ...[...problems.values()].flatMap(({ errorCode }): [string, string][] =>
      errorCode === undefined || STANDARD_WORDS.includes(errorCode) ? [] : [[errorCode, 'an errorCode']],
    ),
  ]);
}

/** `file:line "text" names …` for each string in a source that names something of the contract. */
function namesIn(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const imported = new Set<unknown>();
  const check = (string: string, start: number): void => {
    const path = string.includes('/') ? contract.operations.find(({ path }) => mentions(string, path)) : undefined;
    const kind = words.get(string) ?? (path === undefined ? undefined : 'a path');
    if (kind === undefined) return;
    const line = text.slice(0, start).split('\n').length;
    found.push(`${relative(packageRoot(), file)}:${line} "${string}" names ${kind}`);
  };
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`cannot parse ${file}: ${errors[0]?.message}`);
  // A parent is visited before what is in it.
  new Visitor({
    ImportDeclaration: ({ source }) => imported.add(source),
    ImportExpression: ({ source }) => imported.add(source),
    Literal: (node) => {
      if (typeof node.value === 'string' && !imported.has(node)) check(node.value, node.start);
    },
    TemplateElement: ({ value, start }) => check(value.cooked ?? value.raw, start),
  }).visit(program);
  return found;
}

/** `/users/{id}` mentions `/users`, and `/users-of-old` does not. */
function mentions(text: string, path: string): boolean {
  for (let index = text.indexOf(path); index >= 0; index = text.indexOf(path, index + 1)) {
    if (!/[\w-]/.test(text.charAt(index + path.length))) return true;
  }
  return false;
}
