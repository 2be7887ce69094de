import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { differences } from '../test-support/differences.js';
import { answering, documentOf, json } from '../test-support/document.js';

const hooks = (webhooks: JsonObject, schemas: JsonObject = {}): JsonObject =>
  documentOf({}, { webhooks, components: { schemas } });
const taking = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  post: { requestBody: { content: json(schema) }, ...more },
});
const called = (callbacks: JsonObject): JsonObject => documentOf({ '/a': { get: answering({}, { callbacks }) } });
const made = (schema: JsonObject, schemas?: JsonObject): JsonObject => hooks({ made: taking(schema) }, schemas);
const CHANGED = ['webhook-changed at /webhooks/made: webhook "made" changed [- → -]'];

test.each<{ given: string; before: JsonObject; after: JsonObject; want: readonly string[] }>([
  {
    given: 'texts for readers at every depth',
    before: made({ title: 'a', examples: [1], properties: { b: { description: 'b', example: 1 } } }),
    after: made({ title: 'z', properties: { b: { description: 'y', example: { c: 3 } } } }),
    // An example that is an object may be a property of this name.
    want: CHANGED,
  },
  {
    given: 'texts for readers',
    before: hooks({ made: { summary: 'a', ...taking({ title: 'a', allOf: [{ description: 'b' }] }) } }),
    after: hooks({ made: { summary: 'z', ...taking({ examples: [2], allOf: [{ example: 'y' }] }) } }),
    want: [],
  },
  {
    given: 'a property with the name of a text',
    before: made({ properties: { title: { type: 'string' } } }),
    after: made({ properties: { title: { type: 'integer' } } }),
    want: CHANGED,
  },
  {
    given: 'an entry of a list',
    before: made({ enum: ['a', 'b'] }),
    after: made({ enum: ['a', 'c'] }),
    want: CHANGED,
  },
  {
    given: 'a referenced schema under another name',
    before: made({ $ref: '#/components/schemas/A' }, { A: { type: 'string' } }),
    after: made({ $ref: '#/components/schemas/B' }, { B: { type: 'string' } }),
    want: [],
  },
  {
    given: 'an extension beside the webhooks',
    before: hooks({ made: taking({}), 'x-note': { post: {} } }),
    after: hooks({ made: taking({}), 'x-note': {}, 'x-other': {} }),
    want: [],
  },
  {
    given: 'one in place of another',
    before: hooks({ 'made/old': taking({}) }),
    after: hooks({ 'made/new': taking({}) }),
    want: [
      'webhook-removed at /webhooks/made~1old: webhook "made/old" was removed [- → -]',
      'webhook-added at /webhooks/made~1new: webhook "made/new" was added [- → -]',
    ],
  },
  {
    given: 'callbacks changed, added and removed',
    before: called({ done: { '{$url}': { post: answering({}) } }, lost: {} }),
    after: called({ done: { '{$url}': { put: answering({}) } }, found: {} }),
    want: [
      'callback-changed at /paths/~1a/get/callbacks/done: callback "done" changed [- → -]',
      'callback-removed at /paths/~1a/get/callbacks/lost: callback "lost" was removed [- → -]',
      'callback-added at /paths/~1a/get/callbacks/found: callback "found" was added [- → -]',
    ],
  },
])('$given', ({ before, after, want }) => {
  expect([...differences(before, after)].sort()).toEqual([...want].sort());
});
