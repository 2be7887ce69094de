import assert from 'node:assert/strict';

const {
  AUTH0_DOMAIN,
  AUTH0_CLIENT_ID: client_id = '',
  AUTH0_CLIENT_SECRET: client_secret = '',
  ROLECALL_CONTROL_URL,
  ROLECALL_CONTROL_TOKEN,
} = process.env;
const url = `http://${AUTH0_DOMAIN}`;

// A token by client credentials, as an application gets it.
const fields = { grant_type: 'client_credentials', client_id, client_secret, audience: `${url}/api/v2/` };
const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
const { access_token: token } = await answer.json();
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const roles = async () => (await (await fetch(`${url}/api/v2/roles`, { headers })).json()).map(({ name }) => name);

await fetch(`${url}/api/v2/roles`, { method: 'POST', headers, body: JSON.stringify({ name: 'Pilot' }) });
assert.deepEqual(await roles(), ['Guide', 'Pilot']);

// The initial state again, by the control API.
const control = { authorization: `Bearer ${ROLECALL_CONTROL_TOKEN}` };
const reset = await fetch(`${ROLECALL_CONTROL_URL}/reset`, { method: 'POST', headers: control });
assert.equal(reset.status, 204);
assert.deepEqual(await roles(), ['Guide']);

console.log('The tenant answers, and was reset.');
