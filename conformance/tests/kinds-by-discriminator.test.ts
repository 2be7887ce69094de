import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { withChildSchemas } from '../../contract/load/with-child-schemas.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { json } from '../../test-support/json-content.js';
import { sampleValue as drawnValue } from '../arbitraries/valid-value.js';
import { embeddedTarget } from '../target/embedded.js';
import { parseJson } from '../target/target.js';
import { answeringTarget } from '../test-support/answering-target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

const shape: JsonObject = { $ref: '#/components/schemas/Shape' };
const extending = (properties: JsonObject): JsonObject => ({
  allOf: [shape, { type: 'object', required: Object.keys(properties), properties }],
});
const length: JsonObject = { type: 'integer', minimum: 1, maximum: 99 };
const answers = (status: string, schema: JsonObject) => ({
  [status]: { description: 'ok', ...json(schema) },
  400: { description: 'refused' },
  404: { description: 'unknown' },
});
const body = { required: true, ...json(shape) };

/** A document that says by a discriminator what extends a shape. The sizes of a circle and of a square differ. */
const { contract } = withDerivedState(
  readContract(
    withChildSchemas(
      {
        openapi: '3.1.0',
        info: { title: 'Shapes', version: '1' },
        paths: {
          '/shapes': {
            get: { operationId: 'list', responses: answers('200', { type: 'array', items: shape }) },
            post: { operationId: 'create', requestBody: body, responses: answers('201', shape) },
          },
          '/shapes/{id}': {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
            get: { operationId: 'read', responses: answers('200', shape) },
            put: { operationId: 'replace', requestBody: body, responses: answers('200', shape) },
            delete: {
              operationId: 'remove',
              responses: { 204: { description: 'ok' }, 404: { description: 'unknown' } },
            },
          },
        },
        components: {
          schemas: {
            Shape: {
              type: 'object',
              required: ['id', 'kind'],
              properties: {
                id: { type: 'string', readOnly: true },
                kind: { type: 'string' },
                note: { type: 'string' },
              },
              discriminator: {
                propertyName: 'kind',
                mapping: { circle: '#/components/schemas/Circle', square: '#/components/schemas/Square' },
              },
            },
            Circle: extending({ size: length }),
            Square: extending({ size: { type: 'array', minItems: 2, maxItems: 2, items: length } }),
          },
        },
      },
      () => {},
    ),
  ),
);
const CIRCLE = { kind: 'circle', size: expect.any(Number) };
const SQUARE = { kind: 'square', size: [expect.any(Number), expect.any(Number)] };

test('a value of a parent is one of its first child, and of a child one of that', () => {
  const options = { forRequest: true, optional: 'required' } as const;
  const square = { $ref: '#/components/schemas/Square' };
  for (const [schema, want] of [[shape, CIRCLE] as const, [square, SQUARE] as const]) {
    expect(drawnValue(contract, schema, options)).toEqual(want);
    expect(sampleValue(contract, schema, { direction: 'request' })).toEqual(want);
  }
});

test('a value of one of several forms has the value that names the form', () => {
  const form = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
  const kinds = { type: 'object', required: ['kind', 'size'], properties: { kind: { type: 'string' } } };
  const schemas = {
    Round: { ...kinds, properties: { ...kinds.properties, size: { const: 1 } } },
    Edged: { ...kinds, properties: { kind: { const: 'own' }, size: { const: 2 } } },
    Named: { ...kinds, properties: { ...kinds.properties, size: { const: 3 } } },
  };
  const drawn = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas },
  });
  const discriminator = { propertyName: 'kind', mapping: { round: '#/components/schemas/Round', edged: 'Edged' } };
  const schema = { oneOf: [form('Round'), form('Edged'), form('Named')], discriminator };
  const options = { forRequest: true, optional: 'all' } as const;
  const values = Array.from({ length: 30 }, (_, seed) => drawnValue(drawn, schema, options, seed + 1));
  const texts = [...new Set(values.map((value) => JSON.stringify(value)))].sort();
  expect(texts).toEqual(['{"kind":"Named","size":3}', '{"kind":"own","size":2}', '{"kind":"round","size":1}']);
});

/** Takes circles and squares alone, and of those all that they require. */
function shapeServer() {
  const shapes = new Map<string, JsonObject>();
  let count = 0;
  return answeringTarget(({ method, path, body: text = '' }) => {
    const id = /^\/shapes\/([^/]+)$/.exec(path)?.[1];
    const known = shapes.get(id ?? '');
    if (id === undefined && path !== '/shapes') return [404];
    if (id !== undefined && known === undefined) return [404];
    if (method === 'GET') return [200, known ?? [...shapes.values()]];
    if (method === 'DELETE' && id !== undefined) return shapes.delete(id) ? [204] : [404];
    if (method !== (id === undefined ? 'POST' : 'PUT')) return [405];
    const { json: sent } = parseJson(text) as { readonly json?: JsonObject };
    if (!isObject(sent) || !isShape(sent)) return [400];
    count += id === undefined ? 1 : 0;
    const stored = { ...sent, id: id ?? `shape-${count}` };
    shapes.set(stored.id, stored);
    return [id === undefined ? 201 : 200, stored];
  });
}

function isShape({ kind, size, note = '', ...others }: JsonObject): boolean {
  const isLength = (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 99;
  const fits = kind === 'circle' ? isLength(size) : kind === 'square' && Array.isArray(size) && size.every(isLength);
  return fits && typeof note === 'string' && Object.keys(others).every((name) => name === 'id');
}

test('a server that takes only what a child requires conforms', async () => {
  const report = await verifyTarget(contract, shapeServer(), { only: ['*'] });
  expect(report.findings).toEqual([]);
  const created = report.checks.filter(({ id, operation }) => id === 'created-is-read' || operation === 'create');
  expect(created.map(({ outcome }) => outcome)).toContain('passed');
  expect(report.checks.filter(({ id, outcome }) => id === 'documented-success' && outcome !== 'passed')).toEqual([]);
});

test('the embedded tenant keeps what each child has', async () => {
  const target = await embeddedTarget(contract);
  const send = (method: string, path: string, value?: JsonObject) =>
    target.send(
      { method, path, headers: { 'content-type': 'application/json' }, ...(value && { body: JSON.stringify(value) }) },
      { timeoutMs: 5000 },
    );
  for (const each of [
    { kind: 'circle', size: 7 },
    { kind: 'square', size: [3, 4] },
  ]) {
    const { json: created } = await send('POST', '/shapes', each);
    expect(created).toMatchObject(each);
  }
  expect(failures(await verifyTarget(contract, target, { only: ['*'] }))).toEqual([]);
});
