import { Command, InvalidArgumentError } from 'commander';
import type { Contract } from '../contract/contract.js';
import type { Tenant, TenantOptions } from './tenant.js';

interface Options {
  readonly port: number;
  readonly host: string;
  readonly tls?: boolean;
  readonly url?: string;
  readonly spec?: string;
  readonly state?: string;
  readonly plan?: string;
  readonly seed?: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** How long the end of the log may wait for its reader, in milliseconds. */
const LAST_WORDS = 500;

const GUIDE = `
The tenant keeps its state in memory and forgets it when it stops. Its tokens are real: RS256, checked by its own
key set. The client that it prints has every scope; for a narrower token create a client and a client grant.

State file: an object, JSON or YAML, with a list for each kind of thing, all of them optional. Its keys are the contract's
resources with an s, and its relations:

  {
    "users": [{ "user_id": "auth0|ada", "connection": "Username-Password-Authentication", "email": "ada@travel0.example" }],
    "roles": [{ "id": "rol_0000000000000001", "name": "Guide" }],
    "organizations": [{ "name": "crew" }],
    "resource-servers": [{ "identifier": "https://tours.example/", "scopes": [{ "value": "read:tours" }] }],
    "clients": [{ "client_id": "reader", "client_secret": "not-a-secret", "name": "Reader" }],
    "client-grants": [{ "client_id": "reader", "scope": ["read:users"] }],
    "user-roles": [{ "user": "auth0|ada", "role": "Guide" }],
    "organization-members": [{ "organization": "crew", "user": "auth0|ada" }]
  }

Items are what the create operation takes, and may give the id. A client grant without an audience is one for the
tenant's own API. Tuples name each side by its id, or by a name that only one has.

Environment:
  ROLECALL_HOME  where the certificates of --tls are kept, instead of the user's data folder

Exit codes:
  0  stopped by SIGTERM or SIGINT
  2  could not start: the port is taken, a file is broken, there is no such plan

Examples:
  rolecall tenant --port 4000
  rolecall tenant --json --state fixtures/tenant.json
  rolecall tenant --tls --plan free
`;

/** `rolecall tenant` */
export function command(): Command {
  return new Command('tenant')
    .description('Run a tenant that keeps the contract, to develop and test against. It stops on SIGTERM and SIGINT.')
    .option('--port <number>', 'the port to listen at; 0 takes any that is free', parsePort, 0)
    .option('--host <address>', 'the address to listen at', parseHost, '127.0.0.1')
    .option('--tls', 'serve https, by a certificate of a local authority that is made once and kept')
    .option('--url <url>', 'where clients reach it, if not where it listens: behind a proxy, or in a container')
    .option('--spec <file>', 'the contract to keep; see `rolecall --help` for the default')
    .option('--state <file>', 'a JSON or YAML file with what is there from the start')
    .option('--plan <name>', "hold a plan's rate limits; none hold without it")
    .option('--seed <number>', 'make ids and credentials the same at each start', parseSeed)
    .option('--quiet', 'log no requests')
    .option(
      '--json',
      'print one line of JSON once it listens: url, audience, clientId, clientSecret; ca with --tls; token where no operation gives one; listening with --url',
    )
    .addHelpText('after', GUIDE)
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { createTenant, defaultContract } = await import('./tenant.js');
  const { port, host, json = false } = options;
  const contract = options.spec === undefined ? await defaultContract() : await contractIn(options.spec);
  const tenant = await withFileLocated(options.state, async () => createTenant(contract, await tenantOptions(options)));
  const certificate = options.tls === true ? await certificateFor(host) : undefined;
  const listening = await tenant.listen({ port, host, ...(certificate === undefined ? {} : { tls: certificate.tls }) });
  const ca = certificate?.authority;
  // Told only where it is not the URL by which it is reached.
  const listens = options.url === undefined ? undefined : listening.url;
  if (json) process.stdout.write(`${JSON.stringify({ ...(await facts(contract, tenant, ca)), listening: listens })}\n`);
  else process.stdout.write(await welcome(contract, tenant, options, listens, ca));
  await stopped();
  await listening.close();
  const { untilRead } = await import('./log/log.js');
  await untilRead(process.stderr, LAST_WORDS);
  process.exit(); // what is left of the log would keep the process for as long as nobody reads it
}

async function tenantOptions(options: Options): Promise<TenantOptions> {
  const { state, plan, seed, quiet = false } = options;
  const { readStateFile } = await import('./state/state-file.js');
  const { logLine } = await import('./log/log-line.js');
  const { logTo } = await import('./log/log.js');
  const log = logTo(process.stderr);
  return {
    ...(state === undefined ? {} : { state: await readStateFile(state) }),
    baseUrl: await knownUrl(options),
    ...(plan === undefined ? {} : { plan }),
    ...(seed === undefined ? {} : { seed }),
    ...(quiet ? {} : { onRequest: (served) => log(logLine(served, Date.now())) }),
  };
}

async function contractIn(file: string): Promise<Contract> {
  const { loadContract } = await import('../contract/load/load.js');
  return (await loadContract(file)).contract;
}

async function certificateFor(
  host: string,
): Promise<{ readonly tls: { readonly cert: string; readonly key: string }; readonly authority: string }> {
  const { homeFolder, localCertificate } = await import('./http/certificate.js');
  return localCertificate(homeFolder(process.env, process.platform), host, Date.now());
}

/** Its URL, where that is known before it listens: a state may name the audience that follows from it. */
async function knownUrl({ url, host, port, tls = false }: Options): Promise<string | undefined> {
  if (url !== undefined || port === 0) return url;
  const { urlAt } = await import('./http/address.js');
  return urlAt(host, port, tls);
}

/** Problems of a state are told with the file that they are in, and the place in it. */
async function withFileLocated<Value>(file: string | undefined, make: () => Promise<Value>): Promise<Value> {
  const { StateError } = await import('./errors.js');
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof StateError) || file === undefined) throw error;
    const { locatedIn } = await import('./state/state-file.js');
    throw await locatedIn(file, error);
  }
}

/** What a program needs to call the tenant; what does not apply is left out. */
async function facts(
  contract: Contract,
  tenant: Tenant,
  ca: string | undefined,
): Promise<Readonly<Record<string, string | undefined>>> {
  const { tokenWithoutEndpoint } = await import('./auth0/first-steps.js');
  const { url, audience, clientId, clientSecret } = tenant;
  return { url, audience, clientId, clientSecret, token: await tokenWithoutEndpoint(contract, tenant), ca };
}

async function welcome(
  contract: Contract,
  tenant: Tenant,
  { plan }: Options,
  listens: string | undefined,
  ca: string | undefined,
): Promise<string> {
  const { firstSteps } = await import('./auth0/first-steps.js');
  const trust = `
Clients that are to trust its certificate need the authority's:

  export NODE_EXTRA_CA_CERTS=${ca}   (Node)
  export SSL_CERT_FILE=${ca}         (curl, Go, Python, Ruby; takes the place of the system's own)
`;
  return `Rolecall tenant: ${contract.operations.length} operations of "${contract.title}" ${contract.version} at ${tenant.url}${listens === undefined ? '' : `, listening at ${listens}`}
${rateLimits(contract, plan)}
${ca === undefined ? '' : trust}
${await firstSteps(contract, tenant)}

Ctrl-C stops it.
`;
}

function rateLimits({ rateLimit }: Contract, plan: string | undefined): string {
  if (plan !== undefined) return `The rate limits of the plan "${plan}" hold.`;
  const plans = rateLimit?.plans ?? [];
  return plans.length === 0
    ? 'The contract has no rate limits.'
    : `No rate limits hold; --plan ${plans.map(({ name }) => name).join(' or ')} brings them.`;
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** Empty, as from a variable that was not set, the system takes it for every address that there is. */
function parseHost(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected an address, such as 127.0.0.1.');
  return text;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a number from 0 to 65535.');
  return port;
}

function parseSeed(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('Expected an integer.');
  return Number(text) | 0;
}
