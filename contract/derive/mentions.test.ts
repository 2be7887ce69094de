import { expect, test } from 'vitest';
import { json } from '../../test-support/json-content.js';
import type { Json, JsonObject } from '../contract.js';
import { readContract } from '../read/read.js';
import { withDerivedState } from './derived-state.js';

/** A collection whose items have a key of this schema, and what requests give. */
function collection(
  path: string,
  key: JsonObject,
  properties: JsonObject,
  required: readonly string[] = [],
): JsonObject {
  const shown = { type: 'object', properties: { id: key, label: { type: 'string' } } };
  const body = { type: 'object', required: [...required], properties: { label: { type: 'string' }, ...properties } };
  const parameter = `${path.split('/').length}Id`;
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).concat(parameter);
  const parameters = named.map((name) => ({ name, in: 'path', required: true, schema: key }));
  return {
    [path]: {
      parameters: parameters.slice(0, -1),
      post: { requestBody: json(body), responses: { '201': { description: 'ok', ...json(shown) } } },
    },
    [`${path}/{${parameter}}`]: {
      parameters,
      get: { responses: { '200': { description: 'ok', ...json(shown) } } },
    },
  };
}

const NUMBER: JsonObject = { type: 'integer' };
const TEXT: JsonObject = { type: 'string' };
const UUID: JsonObject = { type: 'string', format: 'uuid' };
const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: JsonObject): JsonObject => ({ type: 'array', items });

/** What requests of books mention, of a document with authors. */
function mentionedIn(properties: JsonObject, key = NUMBER, others: JsonObject = {}): Json {
  const paths = { ...collection('/authors', key, {}), ...collection('/books', key, properties), ...others };
  const { contract } = withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  return Object.fromEntries(
    (contract.resources.get('book')?.mentions ?? []).map(({ property, within = [], resource, by, isItem }) => [
      [property, ...within].join('/'),
      `${isItem === true ? 'item ' : ''}${resource}.${by}`,
    ]),
  );
}

test.each<{ given: JsonObject; key?: JsonObject; want: readonly string[] }>([
  { given: { author_id: NUMBER, authorId: NUMBER }, want: ['author_id', 'authorId'] },
  { given: { author_id: orNull(NUMBER) }, want: ['author_id'] },
  { given: { author_ids: listOf(NUMBER) }, want: ['author_ids'] },
  { given: { author: NUMBER, authors: listOf(NUMBER) }, want: ['author', 'authors'] },
  { given: { author: UUID, authors: listOf(UUID) }, key: UUID, want: ['author', 'authors'] },
  { given: { author_id: TEXT }, key: TEXT, want: ['author_id'] },
  // The name of a person, perhaps.
  { given: { author: TEXT, authors: listOf(TEXT) }, key: TEXT, want: [] },
  { given: { author_id: TEXT, author: { type: 'object' } }, want: [] },
  { given: { id: NUMBER, book_id: NUMBER, count: NUMBER }, want: [] },
])('$given mention $want, where keys are $key', ({ given, key, want }) => {
  expect(mentionedIn(given, key)).toEqual(Object.fromEntries(want.map((name) => [name, 'author.id'])));
});

const object = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  required: [...required],
  properties,
});

test.each<{ given: JsonObject; key?: JsonObject; want: JsonObject }>([
  { given: { author: object({ id: NUMBER }, ['id']) }, want: { 'author/id': 'item author.id' } },
  // Nothing is required, and the key is enough.
  { given: { author: object({ id: UUID, label: TEXT }) }, key: UUID, want: { 'author/id': 'item author.id' } },
  { given: { author: orNull(object({ id: NUMBER })) }, want: { 'author/id': 'item author.id' } },
  { given: { authors: listOf(object({ id: TEXT })) }, key: TEXT, want: { 'authors/id': 'item author.id' } },
  { given: { author: object({ author_id: NUMBER }) }, want: { 'author/author_id': 'item author.id' } },
  { given: { author: object({ pk: NUMBER }) }, want: { 'author/pk': 'item author.id' } },
  // A key, or an object that describes the item.
  {
    given: { author: object({ id: { oneOf: [UUID, { type: 'object' }] } }) },
    key: UUID,
    want: { 'author/id': 'item author.id' },
  },
  // The name says who it is, and the type what it is.
  {
    given: { by: object({ id: TEXT, object_type: { type: 'string', example: 'app.author' } }) },
    key: TEXT,
    want: { 'by/id': 'item author.id' },
  },
  {
    given: { by: object({ type: { const: 'authors' }, id: TEXT }, ['type', 'id']) },
    key: TEXT,
    want: { 'by/id': 'item author.id' },
  },
  // In objects and lists of others.
  { given: { rights: object({ author_id: NUMBER }) }, want: { 'rights/author_id': 'author.id' } },
  {
    given: { parts: listOf(object({ author: object({ id: NUMBER }) })) },
    want: { 'parts/author/id': 'item author.id' },
  },
  // A new author, perhaps.
  { given: { author: object({ id: NUMBER, label: TEXT }, ['label']) }, want: {} },
  { given: { author: object({ id: { ...NUMBER, readOnly: true } }) }, want: {} },
  // Another key, or something else.
  { given: { author: object({ id: TEXT }, ['id']), place: object({ id: NUMBER }, ['id']) }, want: {} },
  { given: { author: object({ url: TEXT, href: TEXT }) }, key: TEXT, want: {} },
])('objects of $given mention $want, where keys are $key', ({ given, key, want }) => {
  expect(mentionedIn(given, key)).toEqual(want);
});

test('an object may name an item by another property than its key, if answers show that', () => {
  const shown = collection('/authors', NUMBER, {});
  const withUrl = JSON.parse(JSON.stringify(shown).replaceAll('"label":', '"url":'));
  expect(mentionedIn({ author: object({ url: TEXT }, ['url']) }, NUMBER, withUrl)).toEqual({
    'author/url': 'item author.url',
  });
});

test('a name of several words is that of its collection', () => {
  const others = { ...collection('/house-types', NUMBER, {}), ...collection('/car-types', NUMBER, {}) };
  expect(mentionedIn({ car_type: object({ id: NUMBER }), house_type_id: NUMBER }, NUMBER, others)).toEqual({
    'car_type/id': 'item type-2.id',
    house_type_id: 'type.id',
  });
});

test('what every request must have counts first, where items need each other', () => {
  const shops = (required: readonly string[]) => collection('/shops', NUMBER, { book_id: NUMBER }, required);
  expect(mentionedIn({ shop_id: NUMBER }, NUMBER, shops([]))).toEqual({ shop_id: 'shop.id' });
  expect(mentionedIn({ shop_id: NUMBER }, NUMBER, shops(['book_id']))).toEqual({});
});

test('resources below others are not mentioned, since a key alone does not name them', () => {
  const pages = collection('/authors/{authorId}/pages', NUMBER, {});
  expect(mentionedIn({ page_id: NUMBER }, NUMBER, pages)).toEqual({});
});

test('items that need each other are not made of each other', () => {
  const shops = collection('/shops', NUMBER, { book_id: NUMBER });
  expect(mentionedIn({ shop_id: NUMBER, author_id: NUMBER }, NUMBER, shops)).toEqual({
    shop_id: 'shop.id',
    author_id: 'author.id',
  });
  const { contract } = withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: { ...collection('/books', NUMBER, { shop_id: NUMBER }), ...shops },
    }),
  );
  expect([...contract.resources.values()].map(({ name, mentions }) => [name, mentions.length])).toEqual([
    ['book', 1],
    ['shop', 0],
  ]);
});

test('a key that has the name of its resource is mentioned by that name', () => {
  const clients = JSON.parse(JSON.stringify(collection('/clients', TEXT, {})).replaceAll('"id":', '"client_id":'));
  const { contract } = withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: { ...clients, ...collection('/books', NUMBER, { client_id: TEXT, clientIds: listOf(TEXT) }) },
    }),
  );
  expect(contract.resources.get('book')?.mentions).toEqual([
    { property: 'client_id', resource: 'client', by: 'client_id' },
    { property: 'clientIds', resource: 'client', by: 'client_id' },
  ]);
});

test('bodies of operations whose effect is not known mention items too', () => {
  const body = json({ type: 'object', properties: { author_id: NUMBER, count: NUMBER } });
  const paths = {
    ...collection('/authors', NUMBER, {}),
    '/prizes': { put: { operationId: 'award', requestBody: body, responses: {} } },
    '/authors/{2Id}/praise': {
      parameters: [{ name: '2Id', in: 'path', required: true, schema: NUMBER }],
      put: { operationId: 'praise', requestBody: body, responses: {} },
    },
  };
  const { contract } = withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const found = contract.operations.flatMap(({ id, mentions, names }) => (mentions ? [{ id, mentions, names }] : []));
  const mentions = [{ property: 'author_id', resource: 'author', by: 'id' }];
  expect(found).toEqual([
    { id: 'award', mentions, names: undefined },
    { id: 'praise', mentions, names: { author: '2Id' } },
  ]);
});
