import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { givenProperties } from './given-properties.js';

test.each<[name: string, schema: JsonObject, isGiven: boolean]>([
  ['title', { type: 'string' }, true],
  ['size', { type: 'integer' }, true],
  ['created', { type: 'string', readOnly: true }, false],
  // Another item that comes or goes changes them.
  ['rank', { type: 'integer' }, false],
  ['sortOrder', { type: 'number' }, false],
  ['is_default', { type: 'boolean' }, false],
  ['primary', { type: 'boolean' }, false],
  // No place among others.
  ['purchase_order', { type: 'string' }, true],
  ['rank_points', { type: 'integer' }, true],
  ['default_size', { type: 'integer' }, true],
])('%s of %j is given by requests and changed by nothing else: %s', (name, schema, isGiven) => {
  const content = { 'application/json': { schema: { type: 'object', properties: { [name]: schema } } } };
  const post = { requestBody: { content }, responses: { '204': { description: 'ok' } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/x': { post } } });
  expect([...givenProperties(contract, contract.operations)]).toEqual(isGiven ? [name] : []);
});
