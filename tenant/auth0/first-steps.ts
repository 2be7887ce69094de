import type { Contract } from '../../spec/contract/contract.js';
import type { Tenant } from '../tenant.js';

/** Two lines for a shell that a newcomer needs next: one gets a token, one calls with it. */
export function firstSteps(contract: Contract, { url, audience, clientId, clientSecret }: Tenant): string {
  const listing = contract.operations.find(({ effect }) => effect?.kind === 'list' && effect.on === 'resource');
  return `  TOKEN=$(curl -s ${url}/oauth/token -d grant_type=client_credentials \\
    -d client_id=${clientId} \\
    -d client_secret=${clientSecret} \\
    -d audience=${audience} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

  curl -s ${url}${listing?.route ?? '/'} -H "Authorization: Bearer $TOKEN"`;
}
