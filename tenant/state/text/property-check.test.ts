import { expect, test } from 'vitest';
import type { Schema } from '../../../contract/contract.js';
import { school } from '../../test-support/school.js';
import { propertyCheck } from './property-check.js';

const isValid = () => true;

/** Whether a text is certainly valid without a closer look. */
function isSure(schema: Schema, text: string): boolean {
  const bytes = Buffer.from(`"${text}"`);
  return propertyCheck(school, 'p', { schema, isValid }).isSurelyValid(bytes, 1, bytes.length - 1);
}

test.each<[Schema, string, boolean]>([
  [{}, 'a', true],
  [{ type: 'string' }, '', true],
  [{ type: ['string', 'null'], description: 'x', 'x-value': 'plain' }, 'a', true],
  [{ type: 'integer' }, '1', false],
  [{ type: ['integer', 'null'] }, '1', false],
  [{ type: 'string', minLength: 2 }, 'a', false],
  [{ type: 'string', minLength: 2 }, 'ab', true],
  [{ type: 'string', maxLength: 2 }, 'ab', true],
  [{ type: 'string', maxLength: 2 }, 'abc', false],
  [{ type: 'string', minLength: '2' } as Schema, 'abc', false],
  [{ type: 'string', pattern: '.' }, 'a', false],
  [{ type: 'string', enum: ['a'] }, 'a', false],
  [{ $ref: '#/components/schemas/Grade' }, 'a', false],
  [{ type: 'string', format: 'uri' }, 'a', false],
  [{ type: 'string', format: 'toString' }, 'a', false],
  ...['title', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment', 'externalDocs'].map(
    (keyword): [Schema, string, boolean] => [{ type: 'string', [keyword]: 'x' }, 'a', true],
  ),
])('%j and "%s": %s', (schema, text, want) => {
  expect(isSure(schema, text)).toBe(want);
});

test.each([
  ['ada@x.example', true],
  ['Ada.L-0_v+e@sub-x.y2.example', true],
  ['ada@example', false],
  ['@x.example', false],
  ['ada', false],
  ['ada@', false],
  ['ada@x.', false],
  ['ada@.x', false],
  ['ada..b@x.example', false],
  ['.ada@x.example', false],
  ['ada.@x.example', false],
  ['ada@b@x.example', false],
  ['ada@x_y.example', false],
  ['ada@x+y.example', false],
  ['ada@-x.example', false],
  ['ad a@x.example', false],
  ['ada!@x.example', false],
  ['', false],
])('the email address "%s" is certainly one: %s', (text, want) => {
  expect(isSure({ type: 'string', format: 'email' }, text)).toBe(want);
  expect(isSure({ type: 'string', format: 'email', maxLength: 3 }, text)).toBe(false);
});

test('a check has its name as it is written', () => {
  const {
    name,
    quoted,
    isValid: check,
  } = propertyCheck(school, 'a"b', { schema: {}, isValid: (value) => value === 7 });
  expect([name, Buffer.from(quoted).toString(), check(7), check(8)]).toEqual(['a"b', '"a\\"b"', true, false]);
});
