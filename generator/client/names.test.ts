import { expect, test } from 'vitest';
import { camelCase, pascalCase, reserveParameterName, reservePropertyName } from './names.js';

test.each([
  ['get_client-grants', 'getClientGrants'],
  ['resource servers', 'resourceServers'],
  ['getUserById', 'getUserById'],
  ['JWKS', 'jwks'],
  ['GET /users/{id}', 'getUsersId'],
  ['2fa', '_2fa'],
  ['日本 語', '日本語'],
  ['...', '_'],
])('%j is called %j', (given, want) => {
  expect(camelCase(given)).toBe(want);
});

test('a type begins with a capital', () => {
  expect(pascalCase('resource-servers get')).toBe('ResourceServersGet');
});

test('a parameter is neither a reserved word nor the name of another parameter', () => {
  const taken = new Set(['options']);
  expect(['class', 'id', 'id', 'options', 'class'].map((name) => reserveParameterName(name, taken))).toEqual([
    'classValue',
    'id',
    'id2',
    'options2',
    'classValue2',
  ]);
});

test('a method may be a reserved word, but not a name with a meaning on every object', () => {
  const taken = new Set<string>();
  const names = ['delete', 'then', 'constructor', 'delete', 'new', 'toString', 'hasOwnProperty', 'valueOf'];
  expect(names.map((name) => reservePropertyName(name, taken))).toEqual([
    'delete',
    'then_',
    'constructor_',
    'delete2',
    'new_',
    'toString_',
    'hasOwnProperty_',
    'valueOf_',
  ]);
});
