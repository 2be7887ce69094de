import { expect, test } from 'vitest';
import type { JsonObject } from '../contract/contract.js';
import { differences } from './test-support/differences.js';
import { answering, documentOf } from './test-support/document.js';

const described = (info: JsonObject, more: JsonObject = {}): JsonObject =>
  documentOf({ '/a': { get: answering({}) } }, { info: { title: 'A', version: '1', ...info }, ...more });
const scoped = (scopes: JsonObject, authorizationUrl = 'https://api.example/a'): JsonObject =>
  described(
    {},
    {
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'K' },
          'a/b': { type: 'oauth2', flows: { implicit: { authorizationUrl, scopes } } },
        },
      },
    },
  );
const tagged = (...tags: readonly JsonObject[]): JsonObject => described({}, { tags: [...tags] });

test.each<{ given: string; before: JsonObject; after: JsonObject; want: readonly string[] }>([
  {
    given: 'the summary and the description',
    before: described({ summary: 'Old', description: 'Old' }),
    after: described({ summary: 'New' }),
    want: [
      `contract-described at /info/summary: the contract's summary changed ["Old" → "New"]`,
      `contract-described at /info/description: the contract's description changed ["Old" → -]`,
    ],
  },
  {
    given: 'a description added',
    before: described({}),
    after: described({ description: 'New' }),
    want: [`contract-described at /info/description: the contract's description changed [- → "New"]`],
  },
  { given: 'the version', before: described({}), after: described({ version: '2' }), want: [] },
  {
    given: 'the second of two tags, moved to the front',
    before: tagged({ name: 'a', description: 'A' }, { name: 'b', description: 'Old' }),
    after: tagged({ name: 'b', description: 'New' }, { name: 'a', description: 'A' }),
    want: ['contract-described at /tags/0/description: description of tag "b" changed ["Old" → "New"]'],
  },
  {
    given: 'tags added and removed',
    before: tagged({ name: 'a', description: 'A' }),
    after: tagged({ name: 'b' }),
    want: [],
  },
  {
    given: 'a scope described',
    before: scoped({ 'read/a': 'Old', b: 'B' }),
    after: scoped({ 'read/a': 'New', b: 'B', c: 'C' }),
    want: [
      'contract-described at /components/securitySchemes/a~1b/flows/implicit/scopes/read~1a: description of scope "read/a" changed ["Old" → "New"]',
    ],
  },
])('$given', ({ before, after, want }) => {
  expect(differences(before, after)).toEqual(want);
});
