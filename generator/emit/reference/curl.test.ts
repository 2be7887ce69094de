import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { planClient } from '../../client/plan.js';
import { contractOf } from '../test-support/contract.js';
import { curlSample } from './curl.js';
import { sampleRequest } from './sample-request.js';

function sampleOf(path: string, operation: JsonObject): string {
  const contract = contractOf({ [path]: { post: { responses: { '204': { description: 'Done' } }, ...operation } } });
  const [method] = planClient(contract).methods;
  if (method === undefined) throw new Error('the contract has one operation');
  return curlSample(contract, method, sampleRequest(contract, method));
}

const id = (example: string) => ({ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example });
const body = (type: string, example: JsonObject) => ({
  requestBody: { required: true, content: { [type]: { example } } },
});

describe('a command', () => {
  const cases: readonly { given: string; sample: string; want: string }[] = [
    {
      given: 'an id is percent-encoded',
      sample: sampleOf('/things/{id}', { parameters: [id("auth0|a/b?c'd!")] }),
      want: 'curl --request POST "$BASE_URL/v1/things/auth0%7Ca%2Fb%3Fc%27d%21"',
    },
    {
      given: 'shell characters in the path are escaped',
      sample: sampleOf('/a$HOME`x`', {}),
      want: 'curl --request POST "$BASE_URL/v1/a\\$HOME\\`x\\`"',
    },
    {
      given: 'a body with single quotes',
      sample: sampleOf('/things', body('application/json', { name: "it's" })),
      want: `curl --request POST "$BASE_URL/v1/things" \\
  --header 'Content-Type: application/json' \\
  --data-raw '{"name":"it'\\''s"}'`,
    },
    {
      given: 'a form',
      sample: sampleOf('/things', body('application/x-www-form-urlencoded', { a: 'b c' })),
      want: `curl --request POST "$BASE_URL/v1/things" \\
  --data-urlencode 'a=b c'`,
    },
    {
      given: 'a token, if the operation needs one',
      sample: sampleOf('/things', { security: [{ oauth: ['read:things'] }] }),
      want: `curl --request POST "$BASE_URL/v1/things" \\
  --header "Authorization: Bearer $TOKEN"`,
    },
    {
      given: 'required query parameters and headers',
      sample: sampleOf('/things', {
        parameters: [
          {
            name: 'q',
            in: 'query',
            required: true,
            schema: { type: 'array', items: { type: 'string' } },
            example: ['a', 'b'],
          },
          { name: 'left', in: 'query', schema: { type: 'string' } },
          { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' }, example: 'on' },
        ],
      }),
      want: `curl --request POST "$BASE_URL/v1/things?q=a&q=b" \\
  --header 'X-Trace: on'`,
    },
  ];
  test.each(cases)('$given', ({ sample, want }) => expect(sample).toBe(want));
});
