import { expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { CHILDREN } from '../schema/child-schemas.js';
import { withChildSchemas } from './with-child-schemas.js';

const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const kind = (...values: readonly string[]): JsonObject => ({
  required: ['kind'],
  properties: { kind: values.length === 1 ? { const: values[0] ?? '' } : { enum: values } },
});
const parent = (more: JsonObject = {}, mapping?: JsonObject): JsonObject => ({
  type: 'object',
  properties: { kind: { type: 'string' } },
  discriminator: { propertyName: 'kind', ...(mapping && { mapping }) },
  ...more,
});
const extending = (...names: readonly string[]): JsonObject => ({ allOf: [...names.map(to), { type: 'object' }] });
const child = (name: string, ...values: readonly string[]): JsonObject => ({ allOf: [to(name), kind(...values)] });

function childrenIn(schemas: JsonObject) {
  const read = withChildSchemas({ openapi: '3.1.0', components: { schemas } }, () => {});
  const { schemas: noted } = read.components as { readonly schemas: Readonly<Record<string, JsonObject>> };
  return Object.fromEntries(
    Object.entries(noted).flatMap(([name, schema]) => (CHILDREN in schema ? [[name, schema[CHILDREN]]] : [])),
  );
}

test.each<[string, JsonObject, JsonObject]>([
  [
    'by their names',
    { Shape: parent(), Circle: extending('Shape'), Other: { type: 'object' } },
    { Shape: [child('Circle', 'Circle')], Circle: [kind('Circle')] },
  ],
  [
    'by a mapping, to references and names, several for one, and none for another',
    {
      Shape: parent(
        {},
        { round: '#/components/schemas/Circle', oval: 'Circle', corners: '#/components/schemas/Square' },
      ),
      Circle: extending('Shape'),
      Square: extending('Shape'),
      Drawn: extending('Shape'),
    },
    {
      Shape: [child('Circle', 'round', 'oval'), child('Square', 'corners')],
      Circle: [kind('round', 'oval')],
      Square: [kind('corners')],
      Drawn: [],
    },
  ],
  [
    'by way of others',
    { Shape: parent(), Round: extending('Shape'), Circle: extending('Round') },
    {
      Shape: [child('Round', 'Round'), child('Circle', 'Circle')],
      Round: [kind('Round')],
      Circle: [kind('Circle')],
    },
  ],
  [
    'as far as the parent lists the values',
    {
      Kind: { type: 'string', enum: ['Circle'] },
      Shape: parent({ properties: { kind: to('Kind') } }),
      Circle: extending('Shape'),
      Square: extending('Shape'),
    },
    { Shape: [child('Circle', 'Circle')], Circle: [kind('Circle')], Square: [] },
  ],
  [
    'by each of several parents, in any order',
    {
      Dog: { ...extending('Shape'), discriminator: { propertyName: 'breed' } },
      Puppy: extending('Dog'),
      Shape: parent(),
      Thing: parent({ discriminator: { propertyName: 'type' } }, undefined),
      Both: extending('Shape', 'Thing'),
    },
    {
      Dog: [{ allOf: [to('Puppy'), { required: ['breed'], properties: { breed: { const: 'Puppy' } } }] }],
      Puppy: [{ allOf: [{ required: ['breed'], properties: { breed: { const: 'Puppy' } } }, kind('Puppy')] }],
      Shape: [child('Dog', 'Dog'), child('Both', 'Both'), child('Puppy', 'Puppy')],
      Thing: [{ allOf: [to('Both'), { required: ['type'], properties: { type: { const: 'Both' } } }] }],
      Both: [{ allOf: [kind('Both'), { required: ['type'], properties: { type: { const: 'Both' } } }] }],
    },
  ],
  [
    'but not where the parent lists its forms, or allows nothing else',
    {
      Listed: parent({ oneOf: [to('Circle')] }),
      Closed: parent({ additionalProperties: false }),
      Circle: extending('Listed', 'Closed'),
    },
    {},
  ],
])('schemas that extend one are known %s', (_, schemas, want) => {
  expect(childrenIn(schemas)).toEqual(want);
});
