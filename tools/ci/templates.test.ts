import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';
import { codeBlocks } from '../../test-support/pages.js';
import { actionText, readAction, readComponent } from './templates.js';

const [, , nightly = '', include = ''] = codeBlocks('docs/verify-in-ci.md', 'yaml');
const action = readAction();
const { header, jobs } = readComponent();

const schema = JSON.parse(readFileSync(join(packageRoot(), 'tools/ci/fixtures/gitlab-ci.schema.json'), 'utf8'));
const ajv = new Ajv({ strict: false });
formats.default(ajv);
const validate = ajv.compile(schema);
const faultsOf = (pipeline: unknown) => (validate(pipeline) ? [] : validate.errors);

describe('the GitHub Action', () => {
  test('is valid, and its validator notices a mistake', () => {
    expect(validateAction(actionText()).errors).toEqual([]);
    expect(validateAction(actionText().replace('using: composite', 'using: compost')).errors).not.toEqual([]);
  });

  test('takes values only through the environment, where a shell cannot run them', () => {
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
  });

  test('uses each input, and keeps the report whatever the verdict', () => {
    const used = [...actionText().matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
    expect(action.runs.steps.at(-1)).toMatchObject({
      uses: 'actions/upload-artifact@v4',
      if: 'always()',
      with: { path: expect.stringContaining('inputs.report') },
    });
  });

  test('has a nightly recipe that is valid and passes inputs that exist', () => {
    expect(validateWorkflow(nightly).errors).toEqual([]);
    const workflow = load(nightly) as {
      readonly on: { readonly schedule: readonly object[] };
      readonly jobs: { readonly verify: { readonly steps: readonly { uses: string; with?: object }[] } };
    };
    expect(workflow.on.schedule).toHaveLength(1);
    const step = workflow.jobs.verify.steps.find(({ uses }) => /\/rolecall@/.test(uses));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
  });
});

describe('the GitLab component', () => {
  test('is valid, and its schema notices a mistake', () => {
    expect(faultsOf(header)).toEqual([]);
    expect(faultsOf(jobs)).toEqual([]);
    expect(faultsOf({ ...jobs, other: { script: 7 } })).not.toEqual([]);
  });

  test('has a recipe that is valid and passes inputs that exist', () => {
    const pipeline = load(include) as { readonly include: readonly { readonly inputs: object }[] };
    expect(faultsOf(pipeline)).toEqual([]);
    expect(Object.keys(header.spec.inputs)).toEqual(
      expect.arrayContaining(Object.keys(pipeline.include[0]?.inputs ?? {})),
    );
  });
});
