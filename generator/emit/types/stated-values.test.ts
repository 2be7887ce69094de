import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { mappedDiscriminator } from './stated-values.js';

const at = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const kind = (schema: Json): JsonObject => ({ properties: { kind: schema } });
const base = { discriminator: { propertyName: 'kind', mapping: { based: '#/components/schemas/Based' } } };
const schemas: JsonObject = {
  Cat: kind({ enum: ['cat'] }),
  Dog: { allOf: [{}, kind({ const: 'dog' })] },
  Fox: kind(at('Kind')),
  Kind: { enum: ['fox', 'vixen'] },
  Bare: {},
  Base: base,
  Based: { allOf: [at('Base')] },
  Named: kind({ enum: ['Named', 'Other'] }),
  Number: kind({ enum: [1] }),
  Alias: at('Cat'),
};

test.each<[string, readonly string[], JsonObject | undefined, JsonObject | undefined]>([
  ['an enum', ['Cat'], undefined, { cat: '#/components/schemas/Cat' }],
  ['a constant in a part', ['Dog'], undefined, { dog: '#/components/schemas/Dog' }],
  ['a reference', ['Fox'], undefined, { fox: '#/components/schemas/Fox', vixen: '#/components/schemas/Fox' }],
  ['a reference to a form', ['Alias'], undefined, { cat: '#/components/schemas/Alias' }],
  ['the mapping of a base', ['Based'], undefined, { based: '#/components/schemas/Based' }],
  ['nothing', ['Bare'], undefined, {}],
  ['the name of the schema, too', ['Named'], undefined, {}],
  ['another value than the mapping', ['Cat'], { tom: 'Cat' }, { tom: '#/components/schemas/Cat' }],
  ['a number', ['Number'], undefined, undefined],
  ['the value of another form', ['Cat', 'Alias'], undefined, undefined],
])('a form that states %s', (_, forms, mapping, want) => {
  const discriminator = { propertyName: 'kind', ...(mapping && { mapping }) };
  const schema = { oneOf: forms.map(at), discriminator };
  const changed = mappedDiscriminator({ components: { schemas } }, schema);
  expect(changed?.mapping).toEqual(want);
});

test('without forms, a discriminator stays as it is', () => {
  expect(mappedDiscriminator({}, base)).toEqual(base.discriminator);
});
