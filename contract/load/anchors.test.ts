import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import { getPointer } from '../pointer.js';
import { surveySchemas } from './survey-schemas.js';

const NODE: JsonObject = {
  $id: 'tree',
  $dynamicAnchor: 'node',
  type: 'object',
  properties: { children: { type: 'array', items: { $dynamicRef: '#node' } } },
};
const PERSON: JsonObject = { $anchor: 'person', type: 'object' };

test.each<{ given: string; schemas: JsonObject; at: string; want: Json; ambiguous?: number }>([
  {
    given: 'a reference to an anchor',
    schemas: { A: { properties: { who: { $ref: '#person' } }, $defs: { person: PERSON } } },
    at: '/A/properties/who',
    want: { $ref: '#/components/schemas/A/$defs/person' },
  },
  {
    given: 'the nearest of anchors with one name',
    schemas: {
      A: { $defs: { person: PERSON } },
      B: { properties: { who: { $ref: '#person' } }, $defs: { person: PERSON } },
    },
    at: '/B/properties/who',
    want: { $ref: '#/components/schemas/B/$defs/person' },
  },
  {
    given: 'a dynamic reference to the only place',
    schemas: { Tree: NODE },
    at: '/Tree/properties/children/items',
    want: { $ref: '#/components/schemas/Tree' },
  },
  {
    given: 'a dynamic reference by pointer',
    schemas: { A: PERSON, B: { $dynamicRef: '#/components/schemas/A' } },
    at: '/B',
    want: { $ref: '#/components/schemas/A' },
  },
  {
    given: 'a dynamic reference to one of several',
    schemas: { Tree: NODE, Strict: { $dynamicAnchor: 'node', $ref: '#/components/schemas/Tree' } },
    at: '/Tree/properties/children/items',
    want: {},
    ambiguous: 1,
  },
  { given: 'a reference to no anchor', schemas: { A: { $ref: '#none' } }, at: '/A', want: { $ref: '#none' } },
])('$given', ({ schemas, at, want, ambiguous = 0 }) => {
  const document = { openapi: '3.1.0', components: { schemas } };
  const { anchors } = surveySchemas(document);
  expect(
    getPointer(
      anchors.resolved(document, () => undefined),
      `/components/schemas${at}`,
    ),
  ).toEqual(want);
  expect(anchors.ambiguous).toHaveLength(ambiguous);
});

test('a document without references by name stays the same object', () => {
  const document = { openapi: '3.1.0', components: { schemas: { A: { $ref: '#/components/schemas/B' } } } };
  expect(surveySchemas(document).anchors.resolved(document, () => undefined)).toBe(document);
});
