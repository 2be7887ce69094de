import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../contract/load/package-root.js';
import { codeBlocks } from '../test-support/pages.js';

/** GitHub reads these files and says what is wrong with them only when it is too late. */

const github = join(packageRoot(), '.github');
const workflows = readdirSync(join(github, 'workflows'));
const read = (...path: readonly string[]): string => readFileSync(join(github, ...path), 'utf8');

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

const jobOf = (file: string, job: string): Job | undefined => (load(read('workflows', file)) as Workflow).jobs[job];

describe.each(workflows)('%s', (file) => {
  test('is valid', () => {
    expect(validateWorkflow(read('workflows', file)).errors).toEqual([]);
  });

  test('can only read the repository, unless a job says otherwise', () => {
    expect((load(read('workflows', file)) as Workflow).permissions).toEqual({ contents: 'read' });
  });
});

test('the recipe of the README is valid', () => {
  const recipes = codeBlocks('README.md', 'yaml').filter((block) => /^jobs:/m.test(block));
  expect(recipes).toHaveLength(1);
  for (const recipe of recipes) expect(validateWorkflow(recipe).errors).toEqual([]);
});

test('the validator notices a mistake', () => {
  const broken = read('workflows', 'ci.yml').replace('runs-on:', 'run-on:');
  expect(validateWorkflow(broken).errors).not.toEqual([]);
});

test('CI runs on every Node.js line that is supported', () => {
  expect(jobOf('ci.yml', 'test')?.strategy?.matrix.node).toEqual([20, 22, 24]);
});

test('a release is published with its provenance', () => {
  const job = jobOf('release.yml', 'publish');
  expect(job?.permissions).toMatchObject({ 'id-token': 'write' });
  expect(job?.steps.map(({ run }) => run)).toContainEqual(expect.stringMatching(/^npm publish .*--provenance/));
});

test.each(readdirSync(join(github, 'ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml'))(
  '%s is a form with a name, a description and labelled questions',
  (file) => {
    const form = load(read('ISSUE_TEMPLATE', file)) as {
      readonly body: readonly { readonly type: string; readonly id?: string; readonly attributes: object }[];
    };
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const questions = form.body.filter(({ type }) => type !== 'markdown');
    expect(questions.length).toBeGreaterThan(2);
    for (const { id, attributes } of questions) {
      expect(id).toMatch(/^[a-z]+$/);
      expect(attributes).toMatchObject({ label: expect.any(String) });
    }
  },
);
