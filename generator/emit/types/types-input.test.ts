import { describe, expect, test } from 'vitest';
import { emitTypes } from './types.js';
import { typesInput } from './types-input.js';

test('the limits of a schema are added to its description, and the document is not changed', () => {
  const list = {
    type: 'array',
    maxItems: 10,
    minItems: 1,
    items: { type: 'string', maxLength: 5, description: 'A name.' },
  };
  const document = { openapi: '3.1.0', info: {}, components: { schemas: { List: list, Plain: { type: 'string' } } } };
  expect(typesInput(JSON.stringify(document)).document).toMatchObject({
    components: {
      schemas: {
        List: {
          description: 'Limits: 1 to 10 entries.',
          items: { description: 'A name.\nLimits: at most 5 characters.' },
        },
        Plain: { type: 'string' },
      },
    },
  });
  expect(list).not.toHaveProperty('description');
});

test('schemas that are referred to inside of others become components, other parts copies', () => {
  const at = '#/paths/~1x/get/responses/200/content/application~1json/schema';
  const answer = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });
  const item = { properties: { name: { type: 'string' }, parent: { $ref: `${at}/items` } } };
  const document = {
    openapi: '3.1.0',
    info: {},
    paths: {
      '/x': { get: { responses: { 200: answer({ type: 'array', items: item }) } } },
      '/y': {
        get: { responses: { 200: answer({ $ref: `${at}/items` }), 404: { $ref: '#/paths/~1x/get/responses/200' } } },
      },
    },
    components: { schemas: { xGet200Items: {}, A: { items: {} }, B: { $ref: '#/components/schemas/A/items' } } },
  };
  const { paths, components } = typesInput(JSON.stringify(document)).document as unknown as typeof document;
  const named = { $ref: '#/components/schemas/xGet200Items2' };
  expect(paths['/y'].get.responses[200]).toEqual(answer(named));
  expect(paths['/y'].get.responses[404]).toMatchObject(answer({ type: 'array' }));
  expect(components.schemas).toEqual({
    xGet200Items: {},
    xGet200Items2: { properties: { name: { type: 'string' }, parent: named } },
    A: { items: {} },
    B: { $ref: '#/components/schemas/AItems' },
    AItems: {},
  });
});

test('schemas inside of components become components, since types cannot be indexed through null', () => {
  const ref = (pointer: string) => ({ $ref: `#/components/${pointer}` });
  const plan = { type: ['object', 'null'], properties: { name: { type: 'string' } } };
  const document = {
    openapi: '3.1.0',
    info: {},
    components: {
      parameters: { kind: { name: 'kind', in: 'query', schema: { enum: ['a'] } } },
      schemas: { Plan: plan, Kind: ref('parameters/kind/schema'), Name: ref('schemas/Plan/properties/name') },
    },
  };
  expect(typesInput(JSON.stringify(document)).document.components).toMatchObject({
    schemas: {
      Kind: ref('schemas/parametersKind'),
      parametersKind: { enum: ['a'] },
      Name: ref('schemas/PlanName'),
      PlanName: { type: 'string' },
    },
  });
});

test('a base that may be null is copied into an heir that requires its properties', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const named = { title: 'Named', properties: { name: { type: 'string' } } };
  const document = {
    openapi: '3.1.0',
    info: {},
    components: {
      schemas: {
        Plan: { ...named, type: ['object', 'null'] },
        Request: { allOf: [ref('Plan')], required: ['name'] },
        Draft: { allOf: [ref('Plan')] },
      },
    },
  };
  expect(typesInput(JSON.stringify(document)).document.components).toEqual({
    schemas: {
      ...document.components.schemas,
      Request: { allOf: [{ ...named, type: ['object'] }], required: ['name'] },
    },
  });
});

test('the values of an enum of objects are no schemas', () => {
  const schema = { type: 'object', enum: [{ a: 1 }], properties: { a: { type: 'number' } } };
  const document = { openapi: '3.1.0', info: {}, components: { schemas: { One: schema } } };
  expect(typesInput(JSON.stringify(document)).document.components).toEqual({
    schemas: { One: { type: 'object', properties: { a: { type: 'number' } } } },
  });
});

test('extensions among responses are no responses', () => {
  const document = {
    openapi: '3.1.0',
    info: {},
    paths: { '/x': { get: { responses: { 'x-note': 'warm', 200: { description: 'ok' } } } } },
  };
  expect(typesInput(JSON.stringify(document)).document.paths).toEqual({
    '/x': { get: { responses: { 200: { description: 'ok' } } } },
  });
});

describe('names with characters that have a meaning in references', () => {
  const documentWith = (name: string) => ({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      [`/x${name}/{id}`]: {
        get: {
          operationId: name,
          parameters: [{ name: `q${name}`, in: 'query', schema: { type: 'string', enum: [`e${name}`] } }],
          responses: {
            '200': {
              description: `about ${name}`,
              content: {
                'application/json': { schema: { $ref: `#/components/schemas/${encodeURIComponent(`S${name}`)}` } },
              },
            },
          },
        },
      },
    },
    components: { schemas: { [`S${name}`]: { type: 'object', properties: { [`p${name}`]: { type: 'number' } } } } },
  });

  test.each(['c#d', '%', 'e%2ff', '100%zz', '#', 'a#b%c', 'x\ue000%'])('%s', (name) => {
    const { text } = emitTypes(JSON.stringify(documentWith(name)));
    const plain = text.replaceAll('\\uE000', '\ue000');
    for (const part of [
      `x${name}/{id}`,
      `q${name}`,
      `e${name}`,
      `about ${name}`,
      `p${name}`,
      `operations['${name}']`,
    ]) {
      expect(plain, part).toContain(part);
    }
    expect(plain).toContain(`components['schemas']['S${name}']`);
  });
});

test('a component that is only a reference is a copy of what it leads to', () => {
  const content = { 'application/json': { schema: { type: 'string' } } };
  const requestBodies = {
    A: { content },
    B: { $ref: '#/components/requestBodies/A' },
    C: { $ref: '#/components/requestBodies/B' },
  };
  const document = { openapi: '3.1.0', info: {}, components: { requestBodies } };
  const result = typesInput(JSON.stringify(document)).document;
  expect(result).toMatchObject({ components: { requestBodies: { B: { content }, C: { content } } } });
});

test('a schema under a name that OpenAPI does not know becomes a component', () => {
  const document = {
    openapi: '3.1.0',
    info: {},
    definitions: { Pet: { type: 'object' } },
    components: { schemas: { Cat: { $ref: '#/definitions/Pet' } } },
  };
  expect(typesInput(JSON.stringify(document)).document.components).toEqual({
    schemas: { Cat: { $ref: '#/components/schemas/definitionsPet' }, definitionsPet: { type: 'object' } },
  });
});

test('operations without a name of their own have no type by name', () => {
  const operation = (operationId: string) => ({ operationId, responses: {} });
  const paths = {
    '/a': { get: operation('a'), put: operation('') },
    '/b': { get: operation('a'), put: operation('') },
  };
  const result = typesInput(JSON.stringify({ openapi: '3.1.0', info: {}, paths })).document;
  expect(result.paths).toEqual({
    '/a': { get: operation('a'), put: { responses: {} } },
    '/b': { get: { responses: {} }, put: { responses: {} } },
  });
});
