import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { loadContract } from '../../../contract/load/load.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { emitTypes } from './types.js';
import { TypesParts } from './types-parts.js';

const documents = join(packageRoot(), 'generator', 'test-support', 'documents');

function inParts(parts: TypesParts, source: string): string {
  return emitTypes(source, (document, context) => parts.transform(document, context)).text;
}

test.each(['hostile.yaml', 'old.json', 'streams.yaml'])(
  'the types of %s are the same path by path, and when they are made again',
  async (name) => {
    const { contract } = await loadContract(join(documents, name), { strict: false });
    const source = JSON.stringify(contract.document);
    const parts = new TypesParts();
    const want = emitTypes(source).text;
    expect(inParts(parts, source)).toBe(want);
    expect(inParts(parts, source)).toBe(want);
  },
);

const get = (operation: JsonObject): JsonObject => ({
  get: { ...operation, responses: { 200: { description: 'Fine' } } },
});
const base = { type: 'object', properties: { kind: { type: 'string' } } };
const heir = { allOf: [{ $ref: '#/components/schemas/Base' }], required: ['kind'] };

test.each<{ given: string; paths: JsonObject; schemas?: JsonObject }>([
  { given: 'no paths', paths: {} },
  { given: 'operations without ids', paths: { '/a': get({}), '/b': get({}) } },
  { given: 'an operation with an id after one without', paths: { '/a': get({}), '/b': get({ operationId: 'b' }) } },
  { given: 'an empty path item', paths: { '/a': {}, '/b': get({ operationId: 'b' }) } },
  { given: 'a helper type', paths: { '/a': get({ operationId: 'a' }) }, schemas: { Base: base, Heir: heir } },
  {
    given: 'a helper type in a path before one with an id',
    paths: {
      '/a': { get: { responses: { 200: { description: 'Fine', content: { 'application/json': { schema: heir } } } } } },
      '/b': get({ operationId: 'b' }),
    },
    schemas: { Base: base },
  },
])('with $given, types in parts equal those in one piece', ({ paths, schemas = {} }) => {
  const source = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths,
    components: { schemas },
  });
  expect(inParts(new TypesParts(), source)).toBe(emitTypes(source).text);
});
