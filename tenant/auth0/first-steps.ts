import type { Contract, Operation } from '../../contract/contract.js';
import type { Tenant } from '../tenant.js';
import { grantingOf } from './granting.js';

/** What a newcomer needs next, as far as the contract has it: credentials, and lines for a shell that get a token and call with it. */
export async function firstSteps(contract: Contract, tenant: Tenant): Promise<string> {
  const asks = asksForTokens(contract);
  const endpoint = tokenEndpoint(contract);
  const call = callOf(contract, tenant.url);
  const parts = !asks
    ? [call === undefined ? 'No operation asks for a token.' : 'A call; no operation asks for a token:', call]
    : endpoint === undefined
      ? [
          'The contract has no operation that gives tokens. One with every scope, which lasts a day:',
          `  TOKEN=${await tenant.token()}`,
          call,
        ]
      : [
          credentials(tenant),
          call === undefined ? 'A token:' : 'A token, and a call with it:',
          tokenLine(endpoint, tenant),
          call,
        ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** A token, where operations ask for one and none gives it. */
export async function tokenWithoutEndpoint(contract: Contract, tenant: Tenant): Promise<string | undefined> {
  return asksForTokens(contract) && tokenEndpoint(contract) === undefined ? tenant.token() : undefined;
}

function asksForTokens({ operations }: Contract): boolean {
  return operations.some(({ security }) => security.length > 0);
}

/** Nothing where no client could get a token by it. */
function tokenEndpoint(contract: Contract): Operation | undefined {
  if (grantingOf(contract) === undefined) return undefined;
  return contract.operations.find(({ effect }) => effect?.kind === 'hook' && effect.target === 'token');
}

function credentials({ audience, clientId, clientSecret }: Tenant): string {
  return `  client id      ${clientId}
  client secret  ${clientSecret}
  audience       ${audience}`;
}

function tokenLine({ route, requestBody }: Operation, { url, audience, clientId, clientSecret }: Tenant): string {
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience,
  };
  const byForm = requestBody?.content.some(({ type }) => type === 'application/x-www-form-urlencoded') === true;
  const sent = byForm
    ? Object.entries(fields).map(([name, value]) => `-d ${name}=${value}`)
    : [`-H 'content-type: application/json'`, `-d '${JSON.stringify(fields)}'`];
  const pick = `sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'`;
  return `  TOKEN=$(curl -s ${url}${route} ${sent.join(' \\\n    ')} | ${pick})`;
}

/** A call that needs nothing else: a listing if there is one. */
function callOf({ operations }: Contract, url: string): string | undefined {
  const simple = operations.filter(
    ({ method, path, parameters, effect }) =>
      method === 'GET' &&
      effect?.kind !== 'hook' &&
      !path.includes('{') &&
      !parameters.some(({ required }) => required),
  );
  const listing = simple.find(({ effect }) => effect?.kind === 'list' && effect.on === 'resource');
  const { route, security } = listing ?? simple[0] ?? {};
  if (route === undefined) return undefined;
  const authorization = security?.length === 0 ? '' : ' -H "Authorization: Bearer $TOKEN"';
  return `  curl -s ${url}${route}${authorization}`;
}
