import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';
import { ERROR_CLASSES } from './error-codes.js';
import { PAGES } from './pages.js';

const root = packageRoot();

test.each(Object.entries(PAGES))('%s is current', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8'), `${path} is stale: run "npm run docs"`).toBe(text());
});

describe('the page of error codes', () => {
  /** Base classes, and a class that shares the code of another one. */
  const WITHOUT_CODES = ['RolecallError', 'ClientError', 'StateError'];

  test('names every exported error class', () => {
    const documented = Object.values(ERROR_CLASSES).flatMap((classes) => Object.keys(classes));
    const files = ['contract', 'generator', 'generator/runtime', 'tenant', 'conformance', 'replay', 'diff']
      .map((folder) => join(root, folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .filter((file) => file.endsWith('errors.ts'));
    expect(files.length).toBeGreaterThan(4);
    const classes = files.flatMap(exportedClasses).filter((name) => !WITHOUT_CODES.includes(name));
    expect(documented.toSorted()).toEqual(classes.toSorted());
  });

  test.each(
    Object.values(ERROR_CLASSES).flatMap((classes) => Object.values(classes).flatMap((codes) => Object.entries(codes))),
  )('%s says when and what to do, in sentences', (code, { when, remedy }) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    for (const sentence of [when, remedy]) expect(sentence).toMatch(/^[A-Z`].*\.$/);
  });
});

function exportedClasses(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const exported =
      ts.isClassDeclaration(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    return exported && statement.name !== undefined ? [statement.name.text] : [];
  });
}
