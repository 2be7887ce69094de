import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import type { OperationSamples } from '../../generator/emit/samples/samples-of.js';
import { operationSamples } from '../../generator/emit/samples/samples-of.js';
import { createTenant } from '../../tenant/tenant.js';
import { exercise, type SampleResult } from './exercise.js';
import { openStage } from './stage.js';
import type { Toolchain } from './toolchain.js';
import { TOOLCHAINS } from './toolchains.js';

const contract = await defaultContract();
const { stage, close } = await openStage(contract, createTenant);
afterAll(close);

/** A token request, an id in the query, and a list in a body, with each method. */
const SOME = [
  contract.operations.find(({ security, requestBody }) => security.length === 0 && requestBody !== undefined),
  contract.operations.find(({ effect }) => Object.keys(effect?.query ?? {}).length > 0),
  ...['POST', 'DELETE', 'PATCH'].map((verb) =>
    contract.operations.find(({ method, effect }) => method === verb && Object.keys(effect?.each ?? {}).length > 0),
  ),
].filter((operation) => operation !== undefined);

function has(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The results that are not as they should be. */
async function problems(language: string, operations: readonly Operation[], change = (code: string) => code) {
  const toolchain = toolchainOf(language);
  const samples = new Map(operations.map((operation) => [operation, changed(operation, change)]));
  const results: readonly SampleResult[] = await exercise(toolchain, samples, stage);
  expect(results).toHaveLength(operations.length);
  return results.filter(({ kind }) => kind !== 'worked').map(({ operation, reason }) => `${operation}: ${reason}`);
}

function toolchainOf(language: string): Toolchain {
  const found = TOOLCHAINS.find((one) => one.language === language);
  if (found === undefined) throw new Error(`there is no toolchain for ${language}`);
  // The registries are for `npm run docs:test`; here, packages of the system do.
  const { packages: _, ...toolchain } = found;
  return language === 'python'
    ? { ...toolchain, command: ({ index }) => ['python3', `sample-${index}.py`] }
    : toolchain;
}

function changed(operation: Operation, change: (code: string) => string): OperationSamples {
  const { samples, placeholders } = operationSamples(contract, operation, { languages: 'all' });
  return { placeholders, samples: samples.map((sample) => ({ ...sample, code: change(sample.code) })) };
}

describe.skipIf(!has('curl'))('every cURL sample', () => {
  test('sends what the contract says, and has its effect at a tenant', async () => {
    expect(await problems('curl', contract.operations)).toEqual([]);
  });
});

describe('samples of each kind of request', () => {
  test.each(['client', 'fetch', 'har'])('%s', async (language) => {
    expect(await problems(language, SOME)).toEqual([]);
  });

  test.skipIf(!hasRequests())('python', async () => expect(await problems('python', SOME)).toEqual([]));
});

function hasRequests(): boolean {
  try {
    execFileSync('python3', ['-c', 'import requests'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a template broken by hand is reported with its operation', async () => {
  const writes = SOME.filter(({ requestBody }) => requestBody !== undefined).slice(0, 1);
  const found = await problems('fetch', writes, (code) => code.replace('JSON.stringify(', '('));
  expect(found).toEqual([expect.stringContaining(`${writes[0]?.id}: body: expected {`)]);
});

test.skipIf(!has('curl'))(
  'a sample that acts twice is reported, although each request is as it should be',
  async () => {
    const renewing = contract.operations.filter(({ effect }) => effect?.renew !== undefined);
    const found = await problems(
      'curl',
      renewing.slice(0, 1),
      (code) => `${code}\n${code.slice(code.indexOf('curl '))}`,
    );
    expect(found).toEqual([expect.stringContaining('effect: expected the state')]);
  },
);
