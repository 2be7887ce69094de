import { inspect } from 'node:util';
import { createClient } from '../../../generated/client.js';
import { unwrap } from '../../../generated/runtime/result.js';
import { createTenant, defaultContract, type Tenant } from '../../../tenant/tenant.js';
import { type Attack, type AttackContext, type AttackResult, type Mode, spread, tryAll } from '../attack.js';
import { leakSearch } from '../leaks.js';
import { ANSWERS } from '../verify/answers.js';
import { type HostileServer, type Misdeed, startHostileServer } from '../verify/hostile-target.js';
import { TAMPERINGS } from '../verify/tampering.js';

/** Milliseconds of one attempt of a call, and those within which a call has to end. */
const ATTEMPT_MS = 1_000;
const CALL_MS = 15_000;
/** The most heap that an answer may add, in bytes. */
const MAX_HEAP_GROWTH = 400 * 1024 * 1024;

interface ClientMode extends Mode {
  readonly misdeed: Misdeed;
}

const CLIENT_MODES: readonly ClientMode[] = [
  ...Object.entries(ANSWERS).flatMap(([name, answer]) => [
    { name: `${name}, at the token endpoint`, misdeed: { from: 'token' as const, answer } },
    { name: `${name}, to a call`, misdeed: { from: 'start' as const, answer } },
  ]),
  ...Object.entries(TAMPERINGS).map(([name, tamper]) => ({ name, misdeed: { from: 'start' as const, tamper } })),
];

type Client = ReturnType<typeof createClient>;

/** Calls of every kind: an item, a list, a walk over pages, and writes. */
const CALLS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  item: async (client) => unwrap(await client.users.get('auth0|ada')),
  list: async (client) => unwrap(await client.roles.list()),
  walk: async (client) => {
    const ids: unknown[] = [];
    for await (const role of client.roles.all({ per_page: 1 })) ids.push(role);
    return ids;
  },
  create: async (client) => unwrap(await client.roles.create({ name: 'Guide' })),
  assign: async (client) => unwrap(await client.users.roles.assign('auth0|ada', { roles: ['rol_1'] })),
};

export const hostileServers: Attack = {
  name: 'client',
  expects: 'client: an end in time, no redirect followed, no secret in an error',
  size: CLIENT_MODES.length,
  async run({ size }: AttackContext): Promise<AttackResult> {
    const contract = await defaultContract();
    const state = {
      users: [{ user_id: 'auth0|ada', connection: 'Username-Password-Authentication', email: 'ada@travel0.example' }],
      roles: [{ name: 'Guide' }, { name: 'Pilot' }],
    };
    const tenant = await createTenant(contract, { state, seed: 1 });
    const listening = await tenant.listen();
    const result = await tryAll(spread(CLIENT_MODES, size), { atOnce: 2 }, async ({ misdeed }) => {
      const server = await startHostileServer(tenant, listening.url, misdeed);
      try {
        const problems: string[] = [];
        for (const [name, call] of Object.entries(CALLS))
          problems.push(
            ...(
              await problemsOf(() => call(clientOf(tenant, server.url)), server, secretsOf(misdeed, server, tenant))
            ).map((one) => `${name}: ${one}`),
          );
        return problems;
      } finally {
        await server.close();
      }
    });
    await listening.close();
    return result;
  },
};

function clientOf({ clientId, clientSecret, audience }: Tenant, baseUrl: string): Client {
  return createClient({
    baseUrl,
    token: { clientId, clientSecret, audience },
    timeout: ATTEMPT_MS,
    retry: { failures: 1, maxWait: 1_000 },
  });
}

async function problemsOf(
  call: () => Promise<unknown>,
  { astray }: HostileServer,
  secrets: readonly string[],
): Promise<readonly string[]> {
  const heapBefore = process.memoryUsage().heapUsed;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), CALL_MS);
  });
  const ended = await Promise.race([
    late,
    call().then(
      () => undefined,
      (error: unknown) => ({ error }),
    ),
  ]);
  clearTimeout(timer);
  const growth = process.memoryUsage().heapUsed - heapBefore;
  const shown = typeof ended === 'object' ? errorText(ended.error) : '';
  const leak = leakSearch(secrets, (secret) => [secret])(shown);
  return [
    ...(ended === 'late' ? [`expected an end within ${CALL_MS / 1000} s`] : []),
    ...(typeof ended === 'object' && !isTyped(ended.error) ? [`expected an error with a code, received ${shown}`] : []),
    ...(leak === undefined ? [] : [`expected no secret in the error, received ${leak}`]),
    ...(growth < MAX_HEAP_GROWTH ? [] : [`expected less than ${MAX_HEAP_GROWTH} bytes more heap, received ${growth}`]),
    ...astray.map((request) => `expected no request to another host, received ${request}`),
  ];
}

/** What the client sends to the endpoint that misbehaves: the secret for a token, then the token. */
function secretsOf({ from }: Misdeed, { secrets }: HostileServer, { clientSecret }: Tenant): readonly string[] {
  // Only the signature of a token is secret.
  return from === 'token' ? [clientSecret] : [...secrets].map((token) => token.slice(token.lastIndexOf('.') + 1));
}

/** What a log shows of an error, without the body, which is the API's own document. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  return [error.message, error.stack, error.cause instanceof Error ? error.cause.message : ''].join('\n');
}

/** The client's own errors have a code; those of fetch, which it passes on, have a name of the platform. */
function isTyped(error: unknown): boolean {
  return error instanceof Error && ('code' in error || /^(TimeoutError|AbortError|TypeError)$/.test(error.name));
}
