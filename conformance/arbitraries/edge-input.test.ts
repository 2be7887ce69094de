import { describe, expect, it } from 'vitest';
import type { Schema } from '../../contract/contract.js';
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

  it('extends texts to the bound and to one below it', () => {
    expect(
      bodyEdges(source, schema, { name: 'ours' }, '/s').map(({ at, value, pointer }) => [at, value, pointer]),
    ).toEqual([
      ['/name', 'oursaaa', '/s/properties/name/maxLength'],
      ['/name', 'oursaaaa', '/s/properties/name/maxLength'],
      ['/size', 1, '/s/properties/size/minimum'],
      ['/size', 2, '/s/properties/size/minimum'],
      ['/size', 1, '/s/properties/size/maximum'],
      ['/size', 2, '/s/properties/size/maximum'],
    ]);
  });

  it('leaves out texts that are already longer', () => {
    expect(bodyEdges(source, schema, { name: 'longer than that' }, '/s').filter(({ at }) => at === '/name')).toEqual(
      [],
    );
  });
});

describe('parameterEdges', () => {
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
