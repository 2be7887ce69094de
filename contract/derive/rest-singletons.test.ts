import { expect, test } from 'vitest';
import { json } from '../../test-support/json-content.js';
import type { JsonObject } from '../contract.js';
import { readContract } from '../read/read.js';
import { withDerivedState } from './derived-state.js';

const objectOf = (properties: JsonObject): JsonObject => ({ type: 'object', properties });
const TEXT: JsonObject = { type: 'string' };
const COLOR = objectOf({ color: TEXT });
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

interface Shapes {
  readonly shown?: JsonObject;
  readonly sent?: JsonObject;
  /** Of the reading. */
  readonly parameters?: readonly JsonObject[];
}

/** A path with a reading and an update. */
function settings({ shown = COLOR, sent = COLOR, parameters = [] }: Shapes): JsonObject {
  return {
    get: { parameters: [...parameters], responses: { 200: { description: 'ok', ...json(shown) } } },
    put: { requestBody: json(sent), responses: { 204: { description: 'ok' } } },
  };
}

/** The resources that exist once, each with what it is under. */
function singletonsOf(paths: JsonObject): readonly string[] {
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths };
  const { resources } = withDerivedState(readContract(JSON.parse(JSON.stringify(document))));
  return resources.flatMap(({ name, once, under }) =>
    once ? [[name, under?.parent].filter(Boolean).join(' of ')] : [],
  );
}

test.each<[string, Shapes, readonly string[]]>([
  ['that share their properties', {}, ['setting']],
  ['that share some', { sent: objectOf({ color: TEXT, password: TEXT }) }, ['setting']],
  ['with the item in a property', { shown: objectOf({ data: COLOR }) }, ['setting']],
  ['that share none', { sent: objectOf({ password: TEXT }) }, []],
  ['that share only what is read-only', { sent: objectOf({ color: { ...TEXT, readOnly: true } }) }, []],
  [
    'of which one shared property has another type',
    {
      shown: objectOf({ color: TEXT, size: TEXT }),
      sent: objectOf({ color: TEXT, size: { type: 'integer' } }),
    },
    [],
  ],
  [
    'where a list has other entries',
    {
      shown: objectOf({ colors: { type: 'array', items: TEXT } }),
      sent: objectOf({ colors: { type: 'array', items: { type: 'integer' } } }),
    },
    [],
  ],
  [
    'of which the reading needs a query',
    { parameters: [{ name: 'of', in: 'query', required: true, schema: TEXT }] },
    [],
  ],
])('a reading and an update %s', (_, shapes, want) => {
  expect(singletonsOf({ '/settings': settings(shapes) })).toEqual(want);
});

const item = { ...objectOf({ id: TEXT, name: TEXT }), required: ['id'] };
const answers = (schema: JsonObject) => ({ 200: { description: 'ok', ...json(schema) }, 404: { description: 'none' } });
const TEAMS = {
  '/teams': { post: { requestBody: json(objectOf({ name: TEXT })), responses: answers(item) } },
  '/teams/{id}': { parameters: [ID], get: { responses: answers(item) }, delete: { responses: answers(item) } },
};

test.each<[string, readonly string[]]>([
  ['/teams/{id}/settings', ['setting of team']],
  ['/clubs/{id}/settings', []],
  ['/teams/{id}/{kind}', []],
])('at %s', (path, want) => {
  const kind = { ...ID, name: 'kind' };
  const parameters = path.includes('{kind}') ? [ID, kind] : [ID];
  expect(singletonsOf({ ...TEAMS, [path]: { parameters, ...settings({}) } })).toEqual(want);
});
