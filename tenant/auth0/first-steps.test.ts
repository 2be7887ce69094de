import { expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { createTenant } from '../tenant.js';
import { key, school } from '../test-support/school.js';
import { firstSteps } from './first-steps.js';

/** What is printed, with what differs each time left out. */
async function stepsOf(contract: Contract): Promise<string> {
  const tenant = await createTenant(contract, { seed: 1, key: await key });
  return (await firstSteps(contract, tenant))
    .replaceAll(/eyJ[\w.-]+/g, '<token>')
    .replaceAll(tenant.clientId, '<id>')
    .replaceAll(tenant.clientSecret, '<secret>');
}

const open: Contract = { ...school, operations: school.operations.map((each) => ({ ...each, security: [] })) };
const writeOnly: Contract = { ...school, operations: school.operations.filter(({ method }) => method === 'POST') };

test('where an operation gives tokens, one is asked for', async () => {
  expect(await stepsOf(await defaultContract())).toMatchInlineSnapshot(`
    "  client id      <id>
      client secret  <secret>
      audience       https://tenant.example/api/v2/

    A token, and a call with it:

      TOKEN=$(curl -s https://tenant.example/oauth/token -d grant_type=client_credentials \\
        -d client_id=<id> \\
        -d client_secret=<secret> \\
        -d audience=https://tenant.example/api/v2/ | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

      curl -s https://tenant.example/api/v2/users -H "Authorization: Bearer $TOKEN""
  `);
});

test('where none does, there is one ready', async () => {
  expect(await stepsOf(school)).toMatchInlineSnapshot(`
    "The contract has no operation that gives tokens. One with every scope, which lasts a day:

      TOKEN=<token>

      curl -s https://tenant.example/school/students -H "Authorization: Bearer $TOKEN""
  `);
});

test('where no token is asked for, none is used', async () => {
  expect(await stepsOf(open)).toMatchInlineSnapshot(`
    "A call; no operation asks for a token:

      curl -s https://tenant.example/school/students"
  `);
});

test('where nothing can be called by its path alone, no call is shown', async () => {
  expect(await stepsOf(writeOnly)).toMatchInlineSnapshot(`
    "The contract has no operation that gives tokens. One with every scope, which lasts a day:

      TOKEN=<token>"
  `);
});

test('where the operation that gives tokens takes JSON alone, JSON is sent', async () => {
  const contract = await defaultContract();
  const operations = contract.operations.map((each) =>
    each.requestBody === undefined
      ? each
      : {
          ...each,
          requestBody: {
            ...each.requestBody,
            content: each.requestBody.content.filter(({ type }) => type === 'application/json'),
          },
        },
  );
  expect(await stepsOf({ ...contract, operations })).toMatch(
    /-H 'content-type: application\/json' \\\n {4}-d '\{"grant_type":"client_credentials",.*\}' \| sed/,
  );
});
