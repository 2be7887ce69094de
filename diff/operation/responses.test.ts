import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { differences } from '../test-support/differences.js';
import { documentOf, json } from '../test-support/document.js';

const text = { type: 'string' };
const AT = '/paths/~1a/get/responses';

/** A document whose operation has these responses; a text is a description. */
function responding(responses: JsonObject, components: JsonObject = {}): JsonObject {
  const described = Object.entries(responses).map(([status, response]): [string, Json] => [
    status,
    typeof response === 'string' ? { description: response } : { description: 'x', ...(response as JsonObject) },
  ]);
  return documentOf({ '/a': { get: { responses: Object.fromEntries(described) } } }, { components });
}

const header = (value: JsonObject, name = 'X-Next'): JsonObject => ({ '200': { headers: { [name]: value } } });
const shared = (value: JsonObject): JsonObject =>
  responding(header({ $ref: '#/components/headers/Next' }), { headers: { Next: value } });

test.each<{ given: string; before: JsonObject; after: JsonObject; want: readonly string[] }>([
  {
    given: 'a header in other capitals',
    before: responding(header({ schema: text })),
    after: responding(header({ schema: text }, 'x-next')),
    want: [],
  },
  {
    given: 'a header that became required',
    before: responding(header({ schema: text })),
    after: responding(header({ schema: text, required: true })),
    want: [
      `response-header-became-required at ${AT}/200/headers/X-Next: header "x-next" of the 200 answer became required [- → "required"]`,
    ],
  },
  {
    given: 'a header that became optional',
    before: responding(header({ schema: text, required: true })),
    after: responding(header({ schema: text })),
    want: [
      `response-header-became-optional at ${AT}/200/headers/X-Next: header "x-next" of the 200 answer became optional [- → "optional"]`,
    ],
  },
  {
    given: 'a header with another schema and description',
    before: responding(header({ schema: text, description: 'Old' })),
    after: responding(header({ schema: { type: 'integer' }, description: 'New' })),
    want: [
      `response-type-changed at ${AT}/200/headers/X-Next/schema/type: type of header "x-next" of the 200 answer went from "string" to "integer" ["string" → "integer"]`,
      `response-described at ${AT}/200/headers/X-Next/description: description of header "x-next" of the 200 answer changed ["Old" → "New"]`,
    ],
  },
  {
    given: 'a header by reference',
    before: shared({ schema: text }),
    after: shared({ schema: { ...text, maxLength: 5 }, required: true }),
    want: [
      'response-header-became-required at /components/headers/Next: header "x-next" of the 200 answer became required [- → "required"]',
      'response-constraint-tightened at /components/headers/Next/schema/maxLength: maxLength of header "x-next" of the 200 answer was added: 5 [- → 5]',
    ],
  },
  {
    given: 'a header added and one removed',
    before: responding(header({ schema: text }, 'X-Old')),
    after: responding(header({ schema: text }, 'X-New')),
    want: [
      `response-header-removed at ${AT}/200/headers/X-Old: header "x-old" of the 200 answer was removed ["x-old" → -]`,
      `response-header-added at ${AT}/200/headers/X-New: header "x-new" of the 200 answer was added [- → "x-new"]`,
    ],
  },
  {
    given: 'a body added',
    before: responding({ '200': 'x' }),
    after: responding({ '200': { content: json(text) } }),
    want: [`response-body-added at ${AT}/200: the 200 answer now has a body [- → -]`],
  },
  {
    given: 'a body removed',
    before: responding({ '200': { content: json(text) } }),
    after: responding({ '200': 'x' }),
    want: [`response-body-removed at ${AT}/200: the 200 answer no longer has a body [- → -]`],
  },
  {
    given: 'no body before and after',
    before: responding({ '204': 'x' }),
    after: responding({ '204': 'y' }),
    want: [`response-described at ${AT}/204/description: description of the 204 answer changed ["x" → "y"]`],
  },
  {
    given: 'another success, beside an error added and one removed',
    before: responding({ '200': 'x', '404': 'x' }),
    after: responding({ '201': 'x', '409': 'x' }),
    want: [
      `success-status-changed at ${AT}/201: the success status went from 200 to 201 ["200" → "201"]`,
      `error-removed at ${AT}/404: the 404 answer was removed ["404" → -]`,
      `error-added at ${AT}/409: a 409 answer was added [- → "409"]`,
    ],
  },
  {
    given: 'one success in place of two',
    before: responding({ '200': 'x', '202': 'x' }),
    after: responding({ '201': 'x' }),
    want: [
      `success-removed at ${AT}/200: the 200 answer was removed ["200" → -]`,
      `success-removed at ${AT}/202: the 202 answer was removed ["202" → -]`,
      `success-added at ${AT}/201: a 201 answer was added [- → "201"]`,
    ],
  },
  {
    given: 'two successes in place of one',
    before: responding({ '201': 'x' }),
    after: responding({ '200': 'x', '202': 'x' }),
    want: [
      `success-removed at ${AT}/201: the 201 answer was removed ["201" → -]`,
      `success-added at ${AT}/200: a 200 answer was added [- → "200"]`,
      `success-added at ${AT}/202: a 202 answer was added [- → "202"]`,
    ],
  },
  {
    given: 'an error that a range includes, with its body',
    before: responding({ '204': 'x', '404': { content: json(text) } }),
    after: responding({ '204': 'x', '4XX': { content: json({ type: 'integer' }) } }),
    want: [
      `response-type-changed at ${AT}/4XX/content/application~1json/schema/type: type of the 4XX answer went from "string" to "integer" ["string" → "integer"]`,
      `error-widened at ${AT}/4XX: 4XX now includes the 404 answer ["404" → "4XX"]`,
    ],
  },
  {
    given: 'two errors that a range includes',
    before: responding({ '204': 'x', '404': 'x', '409': 'x', '500': 'x' }),
    after: responding({ '204': 'x', '4XX': 'x' }),
    want: [
      `error-widened at ${AT}/4XX: 4XX now includes the 404 answer ["404" → "4XX"]`,
      `error-widened at ${AT}/4XX: 4XX now includes the 409 answer ["409" → "4XX"]`,
      `error-removed at ${AT}/500: the 500 answer was removed ["500" → -]`,
    ],
  },
  {
    given: 'a success that a range includes',
    before: responding({ '200': 'x', '201': 'x' }),
    after: responding({ '2XX': 'x' }),
    want: [
      `success-removed at ${AT}/200: the 200 answer was removed ["200" → -]`,
      `success-removed at ${AT}/201: the 201 answer was removed ["201" → -]`,
      `success-added at ${AT}/2XX: a 2XX answer was added [- → "2XX"]`,
    ],
  },
  {
    given: 'media types written with capitals and parameters',
    before: responding({ '200': { content: { 'Application/JSON; charset=utf-8': { schema: text } } } }),
    after: responding({ '200': { content: { 'application/json;v=1': { schema: { ...text, minLength: 1 } } } } }),
    want: [
      `response-constraint-tightened at ${AT}/200/content/application~1json;v=1/schema/minLength: minLength of the 200 answer was added: 1 [- → 1]`,
    ],
  },
  {
    given: 'another media type',
    before: responding({ '200': { content: { 'text/csv; header=present': { schema: text } } } }),
    after: responding({ '200': { content: { 'TEXT/Plain': { schema: text } } } }),
    want: [
      `response-media-type-removed at ${AT}/200/content/text~1csv; header=present/schema: text/csv of the 200 answer was removed ["text/csv" → -]`,
      `response-media-type-added at ${AT}/200/content/TEXT~1Plain/schema: text/plain of the 200 answer was added [- → "text/plain"]`,
    ],
  },
])('$given', ({ before, after, want }) => {
  expect(differences(before, after)).toEqual(want);
});
