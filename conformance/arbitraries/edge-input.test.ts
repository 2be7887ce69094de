import { describe, expect, it } from 'vitest';
import type { Json, Schema } from '../../contract/contract.js';
import { bodyEdges, parameterEdges } from './edge-input.js';

const source = { resolve: (schema: Schema): Schema => schema };

describe('bodyEdges', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      name: { type: 'string', maxLength: 8 },
      code: { type: 'string', maxLength: 8, pattern: '^[0-9]+$' },
      mail: { type: 'string', maxLength: 8, format: 'email' },
      size: { type: 'integer', minimum: 1, maximum: 2 },
      id: { type: 'string', maxLength: 8, readOnly: true },
    },
  };

  const edgesOf = (body: Readonly<Record<string, Json>>, given: Schema = schema, kept: readonly string[] = []) =>
    bodyEdges(source, given, { body, pointer: '/s', kept: new Set(kept) });

  it('makes texts as short as allowed, except those that are kept', () => {
    const short: Schema = {
      properties: { nick: { type: 'string', minLength: 2 }, name: { type: 'string', minLength: 1 } },
    };
    expect(edgesOf({}, short, ['name']).map(({ at, value, keyword }) => [at, value, keyword])).toEqual([
      ['/nick', 'aa', 'minLength'],
      ['/nick', 'aaa', 'minLength'],
    ]);
  });

  it('makes the edges of what may be null, too', () => {
    const nullable: Schema = {
      properties: {
        nick: { anyOf: [{ type: 'string', minLength: 2 }, { type: 'null' }] },
        size: { oneOf: [{ type: 'integer' }, { type: 'null' }], maximum: 2 },
      },
    };
    expect(edgesOf({}, nullable).map(({ at, value }) => [at, value])).toEqual([
      ['/nick', 'aa'],
      ['/nick', 'aaa'],
      ['/size', 1],
      ['/size', 2],
    ]);
  });

  it('makes lists of listed values as short and as long as allowed', () => {
    const lists: Schema = {
      properties: {
        kinds: { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 1, maxItems: 2, uniqueItems: true },
        four: { type: 'array', items: { enum: ['a', 'b', 'c'] }, maxItems: 4, uniqueItems: true },
        ids: { type: 'array', items: { type: 'string' }, maxItems: 2 },
      },
    };
    expect(edgesOf({}, lists).map(({ at, value, keyword }) => [at, value, keyword])).toEqual([
      ['/kinds', ['a'], 'minItems'],
      ['/kinds', ['a', 'b'], 'maxItems'],
    ]);
  });

  it('makes lists of objects as long as allowed, with other texts in each, up to a reasonable size', () => {
    const entry: Schema = { type: 'object', properties: { value: { type: 'string' }, kind: { enum: ['a', 'b'] } } };
    const lists = (maxItems: number): Schema => ({ properties: { scopes: { type: 'array', items: entry, maxItems } } });
    const scopes = [
      { value: 'read', kind: 'a' },
      { value: 'write', kind: 'b' },
    ];
    expect(edgesOf({ scopes }, lists(2)).map(({ at, value, keyword }) => [at, value, keyword])).toEqual([
      [
        '/scopes',
        [
          { value: 'read0', kind: 'a' },
          { value: 'read1', kind: 'a' },
        ],
        'maxItems',
      ],
    ]);
    expect(edgesOf({ scopes }, lists(1000))[0]?.value).toHaveLength(1000);
    expect(edgesOf({ scopes }, lists(100_000))).toEqual([]);
    expect(edgesOf({}, lists(2))).toEqual([]);
  });

  it('extends texts to the bound and to one below it', () => {
    expect(edgesOf({ name: 'ours' }).map(({ at, value, pointer }) => [at, value, pointer])).toEqual([
      ['/name', 'oursaaa', '/s/properties/name/maxLength'],
      ['/name', 'oursaaaa', '/s/properties/name/maxLength'],
      ['/size', 1, '/s/properties/size/minimum'],
      ['/size', 2, '/s/properties/size/minimum'],
      ['/size', 1, '/s/properties/size/maximum'],
      ['/size', 2, '/s/properties/size/maximum'],
    ]);
  });

  it('leaves out texts that are already longer', () => {
    expect(edgesOf({ name: 'longer than that' }).filter(({ at }) => at === '/name')).toEqual([]);
  });
});

describe('parameterEdges', () => {
  const filter = (schema: Schema) =>
    ({
      name: 'names',
      in: 'query',
      required: false,
      description: '',
      schema,
      deprecated: false,
      pointer: '/p',
      query: { kind: 'filter', properties: ['name'], match: 'equals' },
    }) as const;

  it('returns lists and texts of a filter', () => {
    const list: Schema = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 };
    expect(parameterEdges(source, filter(list)).map(({ value }) => value)).toEqual([
      ['unknown0'],
      ['unknown0', 'unknown1'],
    ]);
    expect(
      parameterEdges(source, filter({ type: 'string', minLength: 1, maxLength: 3 })).map(({ value }) => value),
    ).toEqual(['aa', 'aaa', 'a', 'aa']);
  });

  it('returns the minimum and the maximum', () => {
    const parameter = {
      name: 'size',
      in: 'query',
      required: false,
      description: '',
      schema: { type: 'integer', maximum: 100 },
      deprecated: false,
      pointer: '/p',
    } as const;
    expect(parameterEdges(source, parameter).map(({ value }) => value)).toEqual([99, 100]);
  });
});
