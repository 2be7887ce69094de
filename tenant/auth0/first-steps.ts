import { asksForTokens } from '../../contract/asks-for-tokens.js';
import type { Contract, CredentialPlace, Operation } from '../../contract/contract.js';
import { FORM } from '../../contract/http/media-type.js';
import { shellWord } from '../../contract/text/shell-word.js';
import type { Tenant } from '../tenant.js';
import { grantModelOf } from './grant-model.js';

/** The first things a new user needs, as far as the contract has them: credentials, and shell commands that get a token and make a call. */
export async function firstSteps(contract: Contract, tenant: Tenant): Promise<string> {
  const endpoint = tokenEndpoint(contract);
  const call = exampleCall(contract, tenant.url);
  const parts = !asksForTokens(contract)
    ? [call === undefined ? 'No operation requires a token.' : 'Make a call; no operation requires a token:', call]
    : endpoint === undefined
      ? [
          'The contract has no token endpoint. This token has every scope and is valid for a day:',
          `  TOKEN=${await tenant.token()}`,
          call,
        ]
      : [
          credentials(tenant),
          call === undefined ? 'Get a token:' : 'Get a token and make a call:',
          tokenCommand(endpoint, tenant),
          call,
        ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** A token, if operations require one and the contract has no token endpoint. */
export async function tokenWithoutEndpoint(contract: Contract, tenant: Tenant): Promise<string | undefined> {
  return asksForTokens(contract) && tokenEndpoint(contract) === undefined ? tenant.token() : undefined;
}

/** Undefined if no client could get a token from it. */
function tokenEndpoint(contract: Contract): Operation | undefined {
  if (grantModelOf(contract) === undefined) return undefined;
  return contract.operations.find(({ effect }) => effect?.kind === 'hook' && effect.target === 'token');
}

function credentials({ audience, clientId, clientSecret }: Tenant): string {
  return `  client id      ${clientId}
  client secret  ${clientSecret}
  audience       ${audience}`;
}

function tokenCommand({ route, requestBody }: Operation, { url, audience, clientId, clientSecret }: Tenant): string {
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience,
  };
  const acceptsForm = requestBody?.content.some(({ type }) => type === FORM) === true;
  const options = acceptsForm
    ? Object.entries(fields).map(([name, value]) => `-d ${shellWord(`${name}=${value}`)}`)
    : [`-H 'content-type: application/json'`, `-d ${shellWord(JSON.stringify(fields))}`];
  const pick = `sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'`;
  return `  TOKEN=$(curl -s ${shellWord(url + route)} ${options.join(' \\\n    ')} | ${pick})`;
}

/** A call that works without further input, preferably a listing. */
function exampleCall({ operations }: Contract, url: string): string | undefined {
  const simple = operations.filter(
    ({ method, path, parameters, effect }) =>
      method === 'GET' &&
      effect?.kind !== 'hook' &&
      !path.includes('{') &&
      !parameters.some(({ required }) => required),
  );
  const listing = simple.find(({ effect }) => effect?.kind === 'list' && effect.on === 'resource');
  const { route, security = [] } = listing ?? simple[0] ?? {};
  if (route === undefined) return undefined;
  const [needed] = security;
  return `  curl -s ${shellWord(url + route)}${needed === undefined ? '' : ` ${credentialOption(needed.place)}`}`;
}

/** The option of curl that sends `$TOKEN` where an operation takes it. */
function credentialOption(place: CredentialPlace | undefined): string {
  switch (place?.in) {
    case undefined:
      return '-H "Authorization: Bearer $TOKEN"';
    case 'basic':
      return '-u "token:$TOKEN"';
    case 'header':
      return `-H ${shellWord(`${place.name}: `)}"$TOKEN"`;
    case 'cookie':
      return `-b ${shellWord(`${place.name}=`)}"$TOKEN"`;
    case 'query':
      return `-G --data-urlencode ${shellWord(`${place.name}=`)}"$TOKEN"`;
  }
}
