import { expect, test } from 'vitest';
import { parseQuery, type Query, QueryFault } from './parse-query.js';

const term = (value: string, field?: string): Query => ({ kind: 'term', field, value });
const not = (part: Query): Query => ({ kind: 'not', part });
const both = (...parts: readonly Query[]): Query => ({ kind: 'and', parts });
const either = (...parts: readonly Query[]): Query => ({ kind: 'or', parts });

test.each<[string, Query]>([
  ['a', term('a')],
  ['f:a', term('a', 'f')],
  ['f:"a b"', term('a b', 'f')],
  ['f:a\\:b', term('a:b', 'f')],
  ['f:"a\\"b"', term('a"b', 'f')],
  ['f:*', { kind: 'exists', field: 'f' }],
  ['_exists_:f', { kind: 'exists', field: 'f' }],
  ['f:a*', { kind: 'pattern', field: 'f', value: 'a*' }],
  ['f:a?c', { kind: 'pattern', field: 'f', value: 'a?c' }],
  ['f:*abc', { kind: 'pattern', field: 'f', value: '*abc' }],
  ['user_metadatas:a*', { kind: 'pattern', field: 'user_metadatas', value: 'a*' }],
  ['NOT a', not(term('a'))],
  ['-f:a', not(term('a', 'f'))],
  ['!f:a', not(term('a', 'f'))],
  ['-f:(a OR b)', not(either(term('a', 'f'), term('b', 'f')))],
  ['a AND b', both(term('a'), term('b'))],
  ['a && b', both(term('a'), term('b'))],
  ['a || b', either(term('a'), term('b'))],
  ['a AND NOT b', both(term('a'), not(term('b')))],
  ['a OR NOT b', either(term('a'), not(term('b')))],
  ['a AND b AND c', both(term('a'), term('b'), term('c'))],
  ['a OR b OR c', either(term('a'), term('b'), term('c'))],
  ['a AND b OR c AND d', either(both(term('a'), term('b')), both(term('c'), term('d')))],
  ['a AND (b OR c)', both(term('a'), either(term('b'), term('c')))],
  ['f:(a AND g:b)', both(term('a', 'f'), term('b', 'g'))],
  [
    'f:[1 TO 2]',
    { kind: 'range', field: 'f', from: { value: '1', inclusive: true }, to: { value: '2', inclusive: true } },
  ],
  [
    'f:{1 TO *}',
    { kind: 'range', field: 'f', from: { value: '1', inclusive: false }, to: { value: undefined, inclusive: false } },
  ],
  [
    'f:{1 TO 2]',
    { kind: 'range', field: 'f', from: { value: '1', inclusive: false }, to: { value: '2', inclusive: true } },
  ],
])('%s', (text, want) => {
  expect(parseQuery(text)).toEqual(want);
});

test.each<[string, QueryFault['kind'], string, number]>([
  ['x'.repeat(4001), 'unsupported', 'the query has more than 4000 characters at position 4000', 4000],
  ['(('.repeat(11), 'unsupported', 'parentheses nest deeper than 20 at position 20', 20],
  ['a OR', 'invalid', 'nothing follows "OR" at position 2', 2],
  ['NOT', 'invalid', 'nothing follows "NOT" at position 0', 0],
  ['a &&', 'invalid', 'nothing follows "&&" at position 2', 2],
  ['a || ', 'invalid', 'nothing follows "||" at position 2', 2],
  ['a !', 'invalid', 'nothing follows "!" at position 2', 2],
  ['a:', 'invalid', 'unexpected text at position 2', 2],
  ['[1 TO 2]', 'unsupported', 'a range without a field at position 0', 0],
  ['f:a AND [1 TO 2]', 'unsupported', 'a range without a field at position 8', 8],
  ['f:[2020||M TO *]', 'unsupported', 'date math at position 0', 0],
  ['f:["a" TO b]', 'invalid', 'unexpected text at position 3', 3],
  ['a b', 'unsupported', 'a term without an operator before it at position 2', 2],
  ['a (b OR c)', 'unsupported', 'a term without an operator before it at position 3', 3],
  ['-a', 'unsupported', '"-" at position 0', 0],
])('%.20s is refused as %s: %s', (text, kind, message, position) => {
  let fault: unknown;
  try {
    parseQuery(text);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(QueryFault);
  expect(fault).toMatchObject({ name: 'QueryFault', kind, message, position });
});

test('a query may be as long and as deep as the limits', () => {
  expect(parseQuery('x'.repeat(4000))).toEqual(term('x'.repeat(4000)));
  expect(parseQuery(`${'('.repeat(20)}a${')'.repeat(20)}`)).toEqual(term('a'));
  expect(parseQuery('(a) OR (b)')).toEqual(either(term('a'), term('b')));
});
