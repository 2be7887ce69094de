import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { planClient } from '../../client/plan.js';
import { contractOf } from '../test-support/contract.js';
import { curlSample } from './curl.js';
import { sampleSource } from './sample-source.js';

function sampleOf(path: string, operation: JsonObject): string {
  const contract = contractOf({ [path]: { post: { responses: { '204': { description: 'Done' } }, ...operation } } });
  const [method] = planClient(contract).methods;
  if (method === undefined) throw new Error('the contract has one operation');
  return curlSample(sampleSource(contract, method));
}

const id = (example: string) => ({ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example });
const body = (type: string, example: JsonObject) => ({
  requestBody: { required: true, content: { [type]: { example } } },
});

describe('a command', () => {
  const cases: readonly { given: string; sample: string; want: string }[] = [
    {
      given: 'an id is a variable, and must be percent-encoded',
      sample: sampleOf('/things/{thingId}', { parameters: [{ ...id("auth0|a/b?c'd!"), name: 'thingId' }] }),
      want: `THING_ID='THING_ID' # percent-encoded, such as auth0%7Ca%2Fb%3Fc'd!

curl --request POST "https://api.example/v1/things/$THING_ID"`,
    },
    {
      given: 'shell characters in the path are encoded',
      sample: sampleOf('/a$HOME`x`', {}),
      want: "curl --request POST 'https://api.example/v1/a%24HOME%60x%60'",
    },
    {
      given: 'a body with single quotes',
      sample: sampleOf('/things', body('application/json', { name: "it's" })),
      want: `curl --request POST 'https://api.example/v1/things' \\
  --header 'Content-Type: application/json' \\
  --data-raw '{"name":"it'\\''s"}'`,
    },
    {
      given: 'a form',
      sample: sampleOf('/things', body('application/x-www-form-urlencoded', { a: 'b c' })),
      want: `curl --request POST 'https://api.example/v1/things' \\
  --data-urlencode 'a=b c'`,
    },
    {
      given: 'a token, if the operation needs one',
      sample: sampleOf('/things', { security: [{ oauth: ['read:things'] }] }),
      want: `ACCESS_TOKEN='ACCESS_TOKEN'

curl --request POST 'https://api.example/v1/things' \\
  --header "Authorization: Bearer $ACCESS_TOKEN"`,
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
      want: `curl --request POST 'https://api.example/v1/things?q=a&q=b' \\
  --header 'X-Trace: on'`,
    },
  ];
  test.each(cases)('$given', ({ sample, want }) => expect(sample).toBe(want));
});
