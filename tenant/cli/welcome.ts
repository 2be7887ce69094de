import type { Contract } from '../../contract/contract.js';
import { firstSteps, tokenWithoutEndpoint } from '../auth0/first-steps.js';
import type { Tenant } from '../tenant.js';

/** A tenant that listens, as the command line presents it. */
export interface RunningTenant {
  readonly contract: Contract;
  readonly tenant: Tenant;
  /** The plan whose rate limits it enforces. */
  readonly plan: string | undefined;
  /** The URL that it listens on, if that differs from its own. */
  readonly listening: string | undefined;
  /** The file of the certificate authority. */
  readonly ca: string | undefined;
}

/** The banner that the command prints once the tenant listens. */
export async function welcome({ contract, tenant, plan, listening, ca }: RunningTenant): Promise<string> {
  const operations = `${contract.operations.length} operations of "${contract.title}" ${contract.version}`;
  const address = listening === undefined ? tenant.url : `${tenant.url}, listening on ${listening}`;
  return `Rolecall tenant: ${operations} at ${address}
${rateLimits(contract, plan)}
${ca === undefined ? '' : trustInstructions(ca)}
${await firstSteps(contract, tenant)}

Press Ctrl-C to stop.
`;
}

/** What a program needs to call the tenant; what does not apply is undefined. */
export async function connectionDetails({
  contract,
  tenant,
  listening,
  ca,
}: RunningTenant): Promise<Readonly<Record<string, string | undefined>>> {
  const { url, audience, clientId, clientSecret } = tenant;
  return {
    url,
    audience,
    clientId,
    clientSecret,
    token: await tokenWithoutEndpoint(contract, tenant),
    ca,
    listening,
  };
}

function trustInstructions(ca: string): string {
  return `
Clients must trust the certificate authority of the tenant:

  export NODE_EXTRA_CA_CERTS=${ca}   (Node)
  export SSL_CERT_FILE=${ca}         (curl, Go, Python, Ruby; replaces the system's authorities)
`;
}

function rateLimits({ rateLimit }: Contract, plan: string | undefined): string {
  if (plan !== undefined) return `Enforces the rate limits of the plan "${plan}".`;
  const plans = rateLimit?.plans ?? [];
  return plans.length === 0
    ? 'The contract has no rate limits.'
    : `Enforces no rate limits; choose a plan with --plan ${plans.map(({ name }) => name).join(' or ')}.`;
}
