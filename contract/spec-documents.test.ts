import { join } from 'node:path';
import { bundle, createConfig } from '@redocly/openapi-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Contract, JsonObject } from './contract.js';
import { loadContract } from './load/load.js';
import { packageRoot } from './load/package-root.js';
import { getPointer, isObject } from './pointer.js';

const ROOT = join(packageRoot(), 'spec/openapi.yaml');
let contract: Contract;

beforeAll(async () => {
  ({ contract } = await loadContract(ROOT));
});

describe('every operation', () => {
  test('has a summary, a description and one tag', () => {
    const bare = contract.operations.filter(
      ({ summary, description, tags }) => summary === '' || description.length < 40 || tags.length !== 1,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('has an effect', () => {
    expect(contract.operations.filter(({ effect }) => effect === undefined).map(({ id }) => id)).toEqual([]);
  });

  test('describes its parameters, with an example each', () => {
    const bare = contract.operations.flatMap(({ id, parameters }) =>
      parameters
        .filter(({ description, example }) => description === '' || example === undefined)
        .map(({ name }) => `${id} ${name}`),
    );
    expect(bare).toEqual([]);
  });

  test('requires its body, with a description and an example', () => {
    const bodies = contract.operations.flatMap(({ id, requestBody }) => (requestBody ? [{ id, ...requestBody }] : []));
    const bare = bodies.filter(
      ({ required, description, content }) =>
        !required || description === '' || content.some(({ example }) => example === undefined),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('has an example for each success', () => {
    const bare = contract.operations.flatMap(({ id, responses }) =>
      responses
        .filter(({ status, content }) => status.startsWith('2') && content.some(({ example }) => example === undefined))
        .map(({ status }) => `${id} ${status}`),
    );
    expect(bare).toEqual([]);
  });

  test('that requires a token defines responses for bad input, no token, no scope and too many requests', () => {
    const silent = contract.operations
      .filter(({ security }) => security.length > 0)
      .flatMap(({ id, responses }) =>
        [400, 401, 403, 429]
          .filter((status) => !responses.some((response) => response.status === String(status)))
          .map((status) => `${id} ${status}`),
      );
    expect(silent).toEqual([]);
  });

  test('has a body and a cause for every refusal', () => {
    const bare = contract.operations.flatMap(({ id, responses }) =>
      responses
        .filter(({ status }) => Number(status) >= 400)
        .filter(({ content, problems }) => content.length === 0 || problems.length === 0)
        .map(({ status }) => `${id} ${status}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('every problem', () => {
  test('has a remedy', () => {
    expect([...contract.problems.values()].filter(({ remedy }) => remedy === undefined)).toEqual([]);
  });
});

describe('every scope', () => {
  test('has a description, and some operation requires it', () => {
    const opening = new Set(contract.operations.flatMap(({ security }) => security.flatMap(({ scopes }) => scopes)));
    expect(contract.scopes.filter((scope) => !contract.scopeDescriptions.has(scope))).toEqual([]);
    expect([...contract.scopeDescriptions.keys()].filter((scope) => !opening.has(scope))).toEqual([]);
  });
});

describe('every entry of evidence', () => {
  test('points to something', () => {
    expect(dangling(contract.document)).toEqual([]);
  });
});

describe('bundling', () => {
  test('with Redocly gives one document without external references', async () => {
    const { bundle: bundled, problems } = await bundle({
      ref: ROOT,
      config: await createConfig({}),
      dereference: false,
    });
    const references = [...JSON.stringify(bundled.parsed).matchAll(/"\$ref":"([^"]*)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(problems).toEqual([]);
    expect(references.filter((reference) => !reference.startsWith('#/components/'))).toEqual([]);
  });
});

/** What surrounds the items of a listing; the effect does not name it. */
const FRAME = ['/x-effect/total', '/x-effect/limit', '/x-effect/start'];

/** The places whose `x-evidence` points to nothing. References are followed. */
function dangling(document: JsonObject): readonly string[] {
  const found: string[] = [];
  visit(document, '', (owner, place) => {
    const evidence = owner['x-evidence'];
    if (!isObject(evidence)) return;
    for (const pointer of Object.keys(evidence)) {
      if (FRAME.includes(pointer)) continue;
      if (followed(document, owner, pointer) === undefined) found.push(`${place}/x-evidence ${pointer}`);
    }
  });
  return found;
}

function visit(value: unknown, place: string, each: (owner: JsonObject, place: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((entry, index) => {
      visit(entry, `${place}/${index}`, each);
    });
    return;
  }
  if (!isObject(value)) return;
  each(value, place);
  for (const [key, entry] of Object.entries(value)) {
    if (!['x-evidence', 'example', 'examples'].includes(key)) visit(entry, `${place}/${key}`, each);
  }
}

function followed(document: JsonObject, owner: JsonObject, pointer: string): unknown {
  let current: unknown = owner;
  for (const segment of pointer.split('/').slice(1)) {
    if (isObject(current) && typeof current.$ref === 'string') current = getPointer(document, current.$ref.slice(1));
    current =
      isObject(current) || Array.isArray(current) ? getPointer(current as JsonObject, `/${segment}`) : undefined;
  }
  return current;
}
