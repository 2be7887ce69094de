import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withChildSchemas } from '../../contract/load/with-child-schemas.js';
import { schemaComparison } from './compare.js';

const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const extending = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  allOf: [to('Shape'), { type: 'object', properties, required }],
});
const documentOf = (children: JsonObject, mapping?: JsonObject): JsonObject =>
  withChildSchemas(
    {
      components: {
        schemas: {
          Shape: {
            type: 'object',
            properties: { kind: { type: 'string' } },
            discriminator: { propertyName: 'kind', ...(mapping && { mapping }) },
          },
          ...children,
        },
      },
    },
    () => {},
  );

function changes(before: JsonObject, after: JsonObject): readonly string[] {
  const site = [{ value: to('Shape'), pointer: '/x' }];
  return schemaComparison(before, after)
    .compare('request', 'the body', site, site)
    .map(({ kind, pointer, what }) => `${kind} ${pointer.replace('/components/schemas/', '')} ${what}`);
}

const CIRCLE = extending({ radius: { type: 'integer' } });

test('a property that a child requires is found where the parent is named', () => {
  const coloured = extending({ radius: { type: 'integer' }, color: { type: 'string' } }, ['color']);
  for (const mapping of [undefined, { round: '#/components/schemas/Circle' }])
    expect(changes(documentOf({ Circle: CIRCLE }, mapping), documentOf({ Circle: coloured }, mapping))).toEqual([
      'request-required-property-added Circle/allOf/1/properties/color "color" of schema "Circle" was added as required',
    ]);
});

test('a child that is named otherwise is another one', () => {
  expect(changes(documentOf({ Circle: CIRCLE }), documentOf({ Disc: CIRCLE }))).toEqual([
    'request-alternative-removed Circle the form Circle of schema "Shape" was removed',
    'request-alternative-added Disc the form Disc of schema "Shape" was added',
  ]);
});

test('with a mapping, the values of the mapping tell them apart', () => {
  const before = documentOf({ Circle: CIRCLE }, { round: '#/components/schemas/Circle' });
  expect(changes(before, documentOf({ Disc: CIRCLE }, { round: '#/components/schemas/Disc' }))).toEqual([
    expect.stringContaining('request-discriminator-changed Shape/discriminator/mapping/round'),
  ]);
  expect(changes(before, documentOf({ Circle: CIRCLE }, { flat: '#/components/schemas/Circle' }))).toEqual([
    expect.stringContaining('request-discriminator-changed Shape/discriminator/mapping/round'),
    expect.stringContaining('request-discriminator-value-added Shape/discriminator/mapping/flat'),
  ]);
});
