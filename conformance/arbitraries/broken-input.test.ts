import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Parameter, Schema } from '../../contract/contract.js';
import { breakBody } from './break-body.js';
import { brokenBodies, brokenForms, brokenParameters } from './broken-input.js';
import { sampleValue } from './valid-value.js';

const source = { resolve: (schema: Schema): Schema => schema };
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default.default(ajv);

const body: Schema = {
  type: 'object',
  required: ['roles', 'name'],
  additionalProperties: false,
  properties: {
    roles: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      uniqueItems: true,
      items: { type: 'string', minLength: 1 },
    },
    name: { type: 'string', minLength: 2, maxLength: 5, pattern: '^[a-z]+$' },
    email: { type: 'string', format: 'email', maxLength: 30 },
    kind: { enum: ['user', 'role'] },
    age: { type: ['integer', 'null'], minimum: 1, maximum: 9 },
    nick: { anyOf: [{ type: 'string', minLength: 2 }, { type: 'null' }] },
    mood: { oneOf: [{ enum: ['good', 'bad'] }, { type: 'null' }] },
    size: { oneOf: [{ type: 'integer' }, { type: 'null' }], maximum: 9 },
    sole: { oneOf: [{ type: 'string' }], maxLength: 3 },
    either: { anyOf: [{ type: 'string', minLength: 2 }, { type: 'integer' }, { type: 'null' }] },
    id: { type: 'string', readOnly: true },
    colours: {
      type: 'object',
      required: ['primary', 'page'],
      properties: {
        primary: { type: 'string', minLength: 1 },
        page: { type: 'string' },
      },
    },
  },
};

describe('brokenBodies', () => {
  const inputs = brokenBodies(source, body, '/schema');
  const base = sampleValue(source, body, {
    forRequest: true,
    optional: 'required',
  });
  const validate = ajv.compile(body);

  it('finds each constraint of each place', () => {
    expect(inputs.map(({ at, keyword, expected }) => `${at} ${keyword}: ${expected}`)).toMatchInlineSnapshot(`
      [
        " type: type object",
        " required: property "roles"",
        " required: property "name"",
        " additionalProperties: no undeclared property",
        "/roles type: type array",
        "/roles minItems: at least 1 item",
        "/roles maxItems: at most 3 items",
        "/roles uniqueItems: no repeated item",
        "/roles/0 type: type string",
        "/roles/0 minLength: at least 1 character",
        "/name type: type string",
        "/name minLength: at least 2 characters",
        "/name maxLength: at most 5 characters",
        "/name pattern: text that matches ^[a-z]+$",
        "/email type: type string",
        "/email maxLength: at most 30 characters",
        "/email format: text of format email",
        "/kind enum: one of "user", "role"",
        "/age type: type integer or null",
        "/age minimum: at least 1",
        "/age maximum: at most 9",
        "/nick type: type string or null",
        "/nick minLength: at least 2 characters",
        "/mood type: type string or null",
        "/mood enum: one of "good", "bad", null",
        "/size type: type integer or null",
        "/size maximum: at most 9",
        "/sole type: type string",
        "/sole maxLength: at most 3 characters",
        "/colours type: type object",
        "/colours required: property "primary"",
        "/colours required: property "page"",
        "/colours/primary type: type string",
        "/colours/primary minLength: at least 1 character",
        "/colours/page type: type string",
      ]
    `);
  });

  it.each(inputs)('violates $keyword at "$at"', ({ keyword, boundary, random }) => {
    expect(validate(base)).toBe(true);
    expect(boundary.length).toBeGreaterThan(0);
    for (const edit of [...boundary, ...fc.sample(random, { numRuns: 20, seed: 3 })]) {
      const broken = breakBody(source, body, base, edit);
      expect(validate(broken), JSON.stringify(broken)).toBe(false);
      expect(validate.errors?.map((error) => error.keyword)).toContain(keyword);
    }
  });

  it('adds missing objects around the place, so that nothing else is invalid', () => {
    const missing = inputs.find(({ at, keyword }) => at === '/colours/primary' && keyword === 'minLength');
    const [edit] = missing?.boundary ?? [];
    expect(edit && breakBody(source, body, base, edit)).toHaveProperty('colours.page');
  });
});

describe('brokenBodies of lists whose items must differ', () => {
  const tooLong = (items: Schema) =>
    brokenBodies(source, { type: 'array', uniqueItems: true, maxItems: 3, items }, '#').filter(
      ({ keyword }) => keyword === 'maxItems',
    );

  it('has no list that is too long where items have too few values', () => {
    expect(tooLong({ type: 'integer', minimum: 1, maximum: 3 })).toEqual([]);
  });

  it('has only lists that are too long where items have some more values', () => {
    const [constraint] = tooLong({ type: 'integer', minimum: 1, maximum: 5 });
    const edits = [...(constraint?.boundary ?? []), ...fc.sample(constraint?.random ?? fc.constant(null), 20)];
    expect(edits.map((edit) => (edit?.kind === 'set' ? [edit.value].flat().length : 0)).filter((l) => l < 4)).toEqual(
      [],
    );
    expect(edits.length).toBe(21);
  });
});

describe('brokenBodies of patterns that nearly every text matches', () => {
  it.each(['^(?!admin$).*$', '^.*$'])('draws few texts against %s', (pattern) => {
    const [constraint] = brokenBodies(source, { type: 'string', pattern }, '#').filter(
      (one) => one.keyword === 'pattern',
    );
    expect(fc.sample(constraint?.random ?? fc.constant(null), 20)).toEqual(
      new Array(20).fill({ kind: 'set', pointer: '', value: '\n' }),
    );
  });
});

describe('brokenParameters', () => {
  const parameter = (name: string, schema: Schema): Parameter => {
    return {
      name,
      in: 'query',
      required: false,
      description: '',
      schema,
      deprecated: false,
      pointer: '/p',
    };
  };

  it('violates what a text in a URL can violate', () => {
    const inputs = brokenParameters(source, [
      parameter('page', { type: 'integer', minimum: 0 }),
      parameter('totals', { type: 'boolean' }),
      parameter('filter', { type: 'string', maxLength: 3 }),
    ]);
    expect(
      inputs.map(({ at, keyword, boundary }) => [
        at,
        keyword,
        ...boundary.map((edit) => 'value' in edit && edit.value),
      ]),
    ).toMatchInlineSnapshot(`
			[
			  [
			    "page",
			    "type",
			    "abc",
			    "1.5",
			    "1e",
			    "0x",
			  ],
			  [
			    "page",
			    "minimum",
			    -1,
			  ],
			  [
			    "totals",
			    "type",
			    "maybe",
			    "2",
			    "truee",
			  ],
			  [
			    "filter",
			    "maxLength",
			    "aaaa",
			  ],
			]
		`);
  });
});

describe('brokenForms', () => {
  const schema: Schema = {
    type: 'object',
    required: ['address'],
    additionalProperties: false,
    properties: {
      address: { type: 'string', minLength: 3 },
      count: { type: 'integer', maximum: 9 },
      urgent: { type: 'boolean' },
      parts: { type: 'array', items: { type: 'string' } },
    },
  };
  const inputs = brokenForms(source, schema, '/form');

  it('violates what a text can violate, and takes null for a text', () => {
    expect(inputs.map(({ at, keyword, boundary }) => ({ at, keyword, boundary }))).toEqual([
      { at: '', keyword: 'required', boundary: [{ kind: 'remove', pointer: '/address' }] },
      { at: '', keyword: 'additionalProperties', boundary: [{ kind: 'set', pointer: '/unexpected', value: true }] },
      { at: '/address', keyword: 'minLength', boundary: [{ kind: 'set', pointer: '/address', value: 'aa' }] },
      {
        at: '/count',
        keyword: 'type',
        boundary: ['abc', '1.5', '1e', '0x'].map((value) => ({ kind: 'set', pointer: '/count', value })),
      },
      { at: '/count', keyword: 'maximum', boundary: [{ kind: 'set', pointer: '/count', value: 10 }] },
      {
        at: '/urgent',
        keyword: 'type',
        boundary: ['maybe', '2', 'truee'].map((value) => ({ kind: 'set', pointer: '/urgent', value })),
      },
    ]);
    expect(inputs.map(({ pointer }) => pointer)).toContain('/form/properties/count/maximum');
  });
});

it('makes no list too long that would have to repeat an item', () => {
  const listed = (maxItems: number): Parameter => ({
    name: 'has',
    in: 'query',
    required: false,
    description: '',
    schema: {
      type: 'array',
      maxItems,
      uniqueItems: true,
      items: { type: 'string', oneOf: [{ const: 'link' }, { const: 'file' }, { enum: ['image', 'video'] }] },
    },
    deprecated: false,
    pointer: '/',
  });
  const keywordsOf = (maxItems: number) => brokenParameters(source, [listed(maxItems)]).map(({ keyword }) => keyword);
  expect(keywordsOf(4)).not.toContain('maxItems');
  expect(keywordsOf(3)).toContain('maxItems');
});

test('a list that servers refuse for its size is not tried', () => {
  const list = (example: string) => ({ type: 'array', maxItems: 9999, items: { const: example } });
  const keywords = (text: string) => brokenBodies(source, list(text), '/b').map(({ keyword }) => keyword);
  expect(keywords('x')).toContain('maxItems');
  expect(keywords('x'.repeat(100))).not.toContain('maxItems');
});

test('no value of a path parameter contains the text that ends it', () => {
  const page = { name: 'page', in: 'path', required: true, description: '', deprecated: false, pointer: '/p' } as const;
  const [input] = brokenParameters(source, [{ ...page, schema: { type: 'integer' } }], '/pages/{page}.{format}');
  const values = input?.boundary.map((edit) => 'value' in edit && edit.value);
  expect(values).toEqual(['abc', '1e', '0x']);
});
