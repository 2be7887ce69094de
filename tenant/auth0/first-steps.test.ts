import { expect, test } from 'vitest';
import type { Contract, CredentialPlace } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { createTenant } from '../tenant.js';
import { key, school } from '../test-support/school.js';
import { firstSteps, tokenWithoutEndpoint } from './first-steps.js';

/** The printed text without random values. */
async function stepsOf(contract: Contract): Promise<string> {
  const tenant = await createTenant(contract, { seed: 1, key: await key });
  return (await firstSteps(contract, tenant))
    .replaceAll(/eyJ[\w.-]+/g, '<token>')
    .replaceAll(tenant.clientId, '<id>')
    .replaceAll(tenant.clientSecret, '<secret>');
}

const open: Contract = { ...school, operations: school.operations.map((each) => ({ ...each, security: [] })) };
const writeOnly: Contract = { ...school, operations: school.operations.filter(({ method }) => method === 'POST') };

test('with a token endpoint, the steps get a token', async () => {
  expect(await stepsOf(await defaultContract())).toMatchInlineSnapshot(`
    "  client id      <id>
      client secret  <secret>
      audience       https://tenant.example/api/v2/

    Get a token and make a call:

      TOKEN=$(curl -s https://tenant.example/oauth/token -d grant_type=client_credentials \\
        -d client_id=<id> \\
        -d client_secret=<secret> \\
        -d audience=https://tenant.example/api/v2/ | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

      curl -s https://tenant.example/api/v2/users -H "Authorization: Bearer $TOKEN""
  `);
});

test('without a token endpoint, the steps contain a token', async () => {
  expect(await stepsOf(school)).toMatchInlineSnapshot(`
    "The contract has no token endpoint. This token has every scope and is valid for a day:

      TOKEN=<token>

      curl -s https://tenant.example/school/students -H "Authorization: Bearer $TOKEN""
  `);
});

test('without security, the steps need no token', async () => {
  expect(await stepsOf(open)).toMatchInlineSnapshot(`
    "Make a call; no operation requires a token:

      curl -s https://tenant.example/school/students"
  `);
});

test('without an operation that works without input, the steps contain no call', async () => {
  expect(await stepsOf(writeOnly)).toMatchInlineSnapshot(`
    "The contract has no token endpoint. This token has every scope and is valid for a day:

      TOKEN=<token>"
  `);
});

test('for a token endpoint that accepts only JSON, the steps send JSON', async () => {
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

test.each<{ place: CredentialPlace; want: string }>([
  { place: { in: 'basic' }, want: '-u "token:$TOKEN"' },
  { place: { in: 'header', name: 'X-Key' }, want: `-H 'X-Key: '"$TOKEN"` },
  { place: { in: 'cookie', name: 'session' }, want: '-b session="$TOKEN"' },
  { place: { in: 'query', name: 'key' }, want: '-G --data-urlencode key="$TOKEN"' },
])('a call has its token where the operation takes it: $want', async ({ place, want }) => {
  const operations = school.operations.map((each) => ({ ...each, security: [{ scopes: [], place }] }));
  expect(await stepsOf({ ...school, operations } as unknown as Contract)).toMatch(
    new RegExp(`curl -s https://tenant.example/school/students ${want.replaceAll(/[$"'.]/g, '\\$&')}$`),
  );
});

test.each<{ given: string; contract: () => Promise<Contract> | Contract; want: boolean }>([
  { given: 'no token endpoint', contract: () => school, want: true },
  { given: 'a token endpoint', contract: () => defaultContract(), want: false },
  { given: 'no security', contract: () => open, want: false },
])('a contract with $given needs a token from elsewhere: $want', async ({ contract, want }) => {
  const given = await contract();
  const token = await tokenWithoutEndpoint(given, await createTenant(given, { seed: 1, key: await key }));
  expect(token).toEqual(want ? expect.stringMatching(/^eyJ/) : undefined);
});

test('the call is a listing of the API rather than something else that needs no input', async () => {
  const read = { ...school.operations.find(({ id }) => id === 'students.get'), path: '/me', route: '/school/me' };
  const noInput = { ...read, parameters: [] };
  const operations = [noInput, ...school.operations] as unknown as Contract['operations'];
  expect(await stepsOf({ ...school, operations })).toContain('curl -s https://tenant.example/school/students ');
  const alone = { ...school, operations: [noInput, ...writeOnly.operations] as unknown as Contract['operations'] };
  expect(await stepsOf(alone)).toContain('curl -s https://tenant.example/school/me ');
});
