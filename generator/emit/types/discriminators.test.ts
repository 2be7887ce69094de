/// <reference path="./openapi-typescript.d.ts" />
import type { OpenAPI3 } from 'openapi-typescript';
import { scanDiscriminators } from 'openapi-typescript/dist/lib/utils.cjs';
import { expect, test } from 'vitest';
import { discriminatorsOf } from './discriminators.js';

const PETS = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/tags': answering({ type: 'string' }),
    '/pets': answering({
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } },
    }),
    '/wolves': answering({ allOf: [{ $ref: '#/components/schemas/Animal' }, { type: 'object' }] }),
  },
  components: {
    schemas: {
      Animal: { type: 'object', discriminator: { propertyName: 'species' } },
      Cat: { type: 'object', properties: { kind: { type: 'string' } } },
      Dog: { allOf: [{ $ref: '#/components/schemas/Animal' }] },
    },
  },
};

function answering(schema: object): object {
  return { get: { responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } } } };
}

/** A schema of a path without a discriminator. */
const TAG = '#/paths/~1tags/get/responses/200/content/application~1json/schema';

test.each([
  [
    'a path that maps to another path',
    {
      ...PETS,
      paths: {
        '/tags': answering({ type: 'object', properties: { kind: { type: 'string' } } }),
        '/pets': answering({ oneOf: [{ $ref: TAG }], discriminator: { propertyName: 'kind', mapping: { tag: TAG } } }),
      },
    },
  ],
  ['components and paths', PETS],
  ['components alone', { ...PETS, paths: { '/tags': PETS.paths['/tags'] } }],
  ['paths alone', { ...PETS, components: { schemas: { ...PETS.components.schemas, Animal: { type: 'object' } } } }],
  ['no place', { ...PETS, paths: { '/tags': PETS.paths['/tags'] }, components: {} }],
])('finds and changes what openapi-typescript does, with discriminators in %s', (_, document) => {
  const source = JSON.stringify(document);
  const [ours, theirs] = [JSON.parse(source), JSON.parse(source)] as [OpenAPI3, OpenAPI3];
  expect(discriminatorsOf(ours, source)).toEqual(scanDiscriminators(theirs, { silent: true }));
  expect(ours).toEqual(theirs);
});

test('a schema that states its value of an inherited discriminator keeps it', () => {
  const base = { $ref: '#/components/schemas/Animal' };
  const species = { properties: { species: { enum: ['wolf'] } } };
  const schemas = {
    Animal: { type: 'object', discriminator: { propertyName: 'species' } },
    Named: { allOf: [base] },
    Own: { allOf: [base], ...species },
    Part: { allOf: [base, species] },
  };
  const source = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {},
    components: { schemas },
  });
  const { refsHandled } = discriminatorsOf(JSON.parse(source) as OpenAPI3, source);
  expect(refsHandled).toEqual(['#/components/schemas/Own', '#/components/schemas/Part']);
});
