import type { Contract } from '../../contract/contract.js';
import { printable, printableLines } from '../../contract/text/printable.js';
import { shellWord } from '../../contract/text/shell-word.js';
import { firstSteps } from '../auth0/first-steps.js';
import type { Tenant } from '../tenant.js';
import type { RunningTenant } from './running-tenant.js';
import { trustInstructions } from './trust.js';

/** The banner that the command prints once the tenant listens. Names of the contract are escaped. */
export async function welcome({ contract, tenant, plan, listening, trust }: RunningTenant): Promise<string> {
  const name = printable(`"${contract.title}" ${contract.version}`);
  const address = listening === undefined ? tenant.url : `${tenant.url}, listening on ${listening}`;
  const text = `Rolecall tenant: ${contract.operations.length} operations of ${name} at ${address}
${rateLimits(contract, plan)}

${trust === undefined ? '' : `${trustInstructions(trust, shellWord)}\n`}${await firstSteps(contract, tenant)}
${controlLines(tenant)}
Open ${listening ?? tenant.url}/ in a browser to look into it.

Press Ctrl-C to stop.
`;
  return printableLines(text);
}

/** Where the control API is; a blank line without it. */
function controlLines({ control }: Tenant): string {
  if (control === undefined) return '';
  const token = control.token === undefined ? 'No token is needed.' : `Its token: ${control.token}`;
  return `\nControl API: ${control.url} (reset, clock, faults; see docs/emulator.md)\n${token}\n`;
}

/** What a program needs to call the tenant; what does not apply is undefined. */
export function connectionDetails(running: RunningTenant): Readonly<Record<string, string | object | undefined>> {
  const { url, audience, clientId, clientSecret, control } = running.tenant;
  const { token, listening, trust } = running;
  return { url, audience, clientId, clientSecret, token, ca: trust?.ca, listening, control };
}

function rateLimits({ rateLimit }: Contract, plan: string | undefined): string {
  if (plan !== undefined) return printable(`Enforces the rate limits of the plan "${plan}".`);
  const plans = rateLimit?.plans ?? [];
  return plans.length === 0
    ? 'The contract has no rate limits.'
    : printable(
        `Enforces no rate limits; to enforce those of a plan, pass --plan and one of: ${plans.map(({ name }) => name).join(', ')}.`,
      );
}
