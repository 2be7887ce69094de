import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Contract } from '../contract.js';
import { ContractError } from '../errors.js';
import { loadContract } from '../load/load.js';
import { packageRoot } from '../load/package-root.js';
import { readContract } from './read.js';

let contract: Contract;

beforeAll(async () => {
  contract = (await loadContract(join(packageRoot(), 'spec/openapi.yaml'))).contract;
});

test('the bundled document reads as the same contract as its files', () => {
  const again = readContract(JSON.parse(JSON.stringify(contract.document)));
  expect(again.operations).toEqual(contract.operations);
  expect([...again.problems]).toEqual([...contract.problems]);
  expect([...again.relations]).toEqual([...contract.relations]);
});

test('every error response has a body schema, and every operation with a list in its body requires the body', () => {
  for (const operation of contract.operations) {
    for (const { status, content } of operation.responses) {
      if (/^[45]/.test(status)) expect(content.length, `${operation.id} ${status}`).toBeGreaterThan(0);
    }
    if (Object.keys(operation.effect?.each ?? {}).length > 0)
      expect(operation.requestBody?.required, operation.id).toBe(true);
  }
});

test('every operation has an effect, a description and a cause for each refusal', () => {
  for (const { id, summary, description, effect, responses } of contract.operations) {
    expect(effect, id).toBeDefined();
    expect(summary.length * description.length, id).toBeGreaterThan(0);
    const refusals = responses.filter(({ status }) => /^4/.test(status));
    for (const { status, problems } of refusals) expect(problems.length, `${id} ${status}`).toBeGreaterThan(0);
  }
});

test('a document that is not OpenAPI is refused', () => {
  expect(() => readContract({ swagger: '2.0', info: { title: 'x' }, paths: {} })).toThrow(ContractError);
});

const official = join(packageRoot(), '../shared/evidence/official-openapi.json');

test.runIf(existsSync(official))('the complete document of the provider is read, without our keywords', () => {
  const read = readContract(JSON.parse(readFileSync(official, 'utf8')));
  expect(read.operations.length).toBe(452);
  expect(read.operations.filter(({ security }) => security.length === 0)).toEqual([]);
  expect(read.scopes).toContain('read:users');
});

if (!existsSync(official)) console.log(`skipped: the provider's document is not at ${official}`);
