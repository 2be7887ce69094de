import { expect, test } from 'vitest';
import type { Contract, Response, Schema } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { errorBody, errorShape } from './error-body.js';

const PARTS = { status: 404, message: 'gone', errorCode: 'code' };
const contract: Contract = { ...school, valueOf: (schema) => school.valueOf(schema) };

function response(...content: readonly { readonly type: string; readonly schema: Schema }[]): Response {
  return { content } as unknown as Response; // all that a shape uses
}

/** The body that a response gives an error. */
function bodyFor(given: Response | undefined, parts: Parameters<typeof errorBody>[1] = PARTS): string {
  return errorBody(errorShape(contract, given), parts);
}

const properties = (roles: Readonly<Record<string, string>>): Schema => ({
  properties: Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, { 'x-value': role }])),
});

const DEFAULT = '{"statusCode":404,"error":"Not Found","message":"gone","errorCode":"code"}';

test.each([
  { name: 'no response', given: undefined, want: DEFAULT },
  { name: 'a response without content', given: response(), want: '' },
  { name: 'a schema without roles', given: response({ type: 'application/json', schema: {} }), want: DEFAULT },
  {
    name: 'a schema with roles',
    given: response({ type: 'application/json', schema: properties({ a: 'message', b: 'status', c: 'reason' }) }),
    want: '{"a":"gone","b":404,"c":"Not Found"}',
  },
  {
    name: 'a property with another role',
    given: response({ type: 'application/json', schema: properties({ a: 'error-code', b: 'created-at' }) }),
    want: '{"a":"code"}',
  },
  {
    name: 'JSON after another media type',
    given: response(
      { type: 'text/html', schema: properties({ html: 'message' }) },
      { type: 'application/problem+json', schema: properties({ json: 'message' }) },
    ),
    want: '{"json":"gone"}',
  },
  {
    name: 'only another media type',
    given: response({ type: 'text/html', schema: properties({ html: 'message' }) }),
    want: '{"html":"gone"}',
  },
  {
    name: 'parts of a schema',
    given: response({
      type: 'application/json',
      schema: {
        allOf: [properties({ all: 'message' }), properties({ both: 'status' })],
        oneOf: [properties({ one: 'reason' }), properties({ two: 'reason' })],
        anyOf: [properties({ any: 'error-code' }), properties({ other: 'error-code' })],
      },
    }),
    want: '{"all":"gone","both":404,"one":"Not Found","any":"code"}',
  },
])('$name', ({ given, want }) => {
  expect(bodyFor(given)).toBe(want);
});

test('an error without a code has no property for it', () => {
  expect(bodyFor(undefined, { status: 404, message: 'gone' })).toBe(
    '{"statusCode":404,"error":"Not Found","message":"gone"}',
  );
});

test('an unregistered status has a general reason', () => {
  expect(bodyFor(undefined, { status: 499, message: 'x' })).toBe('{"statusCode":499,"error":"Error","message":"x"}');
});
