import { randomBytes } from 'node:crypto';
import type { Contract, Json, RatePlan } from '../contract/contract.js';
import { withoutUser } from '../contract/without-user.js';
import type { ClientOptions } from './auth0/bootstrap.js';
import { checkClients } from './auth0/bootstrap.js';
import type { SigningKey } from './auth0/token-signer.js';
import type { DataOptions } from './data/data-folder.js';
import { TenantError } from './errors.js';
import { CONTROL_PATH } from './health.js';
import { writeDefect } from './http/server.js';
import type { ServedRequest } from './log/served-request.js';
import { copyOfState } from './state/state.js';
import type { StateText } from './state/text/state-text.js';

/** The options of `createTenant`. */
export interface TenantOptions {
  /** Makes generated ids and secrets reproducible. */
  readonly seed?: number | undefined;
  /** The current time in milliseconds since 1970. Default: the system clock. */
  readonly clock?: (() => number) | undefined;
  /** A private RSA key of at least 2048 bits, as a JWK; its `kid` is kept. Default: the key pair of this process. */
  readonly key?: SigningKey | undefined;
  /**
   * Whether operations of a document without our keywords answer as documented and change nothing. Default: false, so that
   * collections and items that are recognized by their paths and schemas have state.
   */
  readonly stateless?: boolean | undefined;
  /** The name of a plan of the contract whose rate limits to enforce. Default: no limits. */
  readonly plan?: string | undefined;
  /** Habits of the real service, each with its value: `{ lag: '2s' }`. `rolecall tenant --help` lists them. */
  readonly habits?: Readonly<Record<string, string>> | undefined;
  /**
   * The root URL of the tenant, without a path. Default: `https://tenant.example`, or the address that it listens on.
   * Required when the state names the audience of a tenant that will listen: the state is loaded before the address is
   * known.
   */
  readonly baseUrl?: string | undefined;
  /**
   * Where to keep the state, the clients' credentials and the signing key, so that a later tenant goes on with them.
   * `state` is for a new folder only. Default: in memory.
   */
  readonly data?: DataOptions | undefined;
  /** Clients that exist from the start, in addition to the one with every scope. */
  readonly clients?: readonly ClientOptions[] | undefined;
  /** The initial state, in the format that `rolecall tenant --help` describes. */
  readonly state?: unknown;
  /**
   * The control API, under `/_rolecall/`. Default: with a new token. `false` turns it off. A contract with paths of that
   * form has none.
   */
  readonly control?: ControlOptions | false | undefined;
  /** Called after every request. An error that it throws goes to `onDefect` and does not change the answer. */
  readonly onRequest?: ((served: ServedRequest) => void) | undefined;
  /** Called with an error that no request should be able to cause. Default: write it to stderr. */
  readonly onDefect?: ((defect: unknown) => void) | undefined;
}

/** Who may use the control API. */
export interface ControlOptions {
  /** What requests to it must have as a bearer token. Default: a new token. `null`: none is needed. */
  readonly token?: string | null | undefined;
  /** Names of hosts, besides those of this machine, under which it may be called, also by other machines. */
  readonly hosts?: readonly string[] | undefined;
}

/** The same with every default applied. */
export interface ResolvedControl {
  /** Undefined: none is needed. */
  readonly token: string | undefined;
  readonly hosts: readonly string[];
}

/** The options with every default applied. */
export interface ResolvedOptions {
  readonly seed: number | undefined;
  readonly clock: () => number;
  readonly key: SigningKey | undefined;
  readonly plan: RatePlan | undefined;
  readonly habits: Readonly<Record<string, string>>;
  readonly baseUrl: string | undefined;
  readonly data: DataOptions | undefined;
  readonly clients: readonly ClientOptions[];
  /** Undefined: no control API. */
  readonly control: ResolvedControl | undefined;
  /** A copy, or the text of a large state file. */
  readonly state: Json | StateText | undefined;
  readonly onRequest: ((served: ServedRequest) => void) | undefined;
  readonly onDefect: (defect: unknown) => void;
}

/** @throws TenantError on an unknown plan, a URL with a path, a repeated or incomplete client, or a state that is not JSON */
export function resolveOptions(contract: Contract, options: TenantOptions): ResolvedOptions {
  const { seed, clock = Date.now, key, clients = [], onRequest, onDefect = writeDefect } = options;
  const baseUrl = options.baseUrl === undefined ? undefined : rootUrl(options.baseUrl);
  const plan = planNamed(contract, options.plan);
  checkClients(clients);
  return {
    seed,
    clock,
    key,
    plan,
    habits: options.habits ?? {},
    baseUrl,
    data: options.data,
    clients,
    control: controlOf(contract, options.control),
    state: options.state === undefined ? undefined : copyOfState(options.state),
    onRequest: onRequest === undefined ? undefined : reportingDefects(onRequest, onDefect),
    onDefect,
  };
}

/** @throws TenantError unless it is the root of an HTTP server */
function rootUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRoot = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isRoot) return url.origin;
  throw new TenantError(
    'TENANT_URL_INVALID',
    `invalid baseUrl (--url) "${withoutUser(text)}"; expected the root of a server, without a path, such as https://tenant.example`,
  );
}

function controlOf(contract: Contract, options: TenantOptions['control'] = {}): ResolvedControl | undefined {
  if (options === false || mayMatch(contract, CONTROL_PATH)) return undefined;
  const { token = randomBytes(24).toString('base64url'), hosts = [] } = options;
  return { token: token ?? undefined, hosts: hosts.map((host) => host.toLowerCase()) };
}

/** Whether the contract may have paths below this one: such a path is the contract's. */
function mayMatch({ operations }: Contract, path: string): boolean {
  const [, first = ''] = path.split('/');
  return operations.some(({ route }) => {
    const [, segment = '', ...deeper] = route.split('/');
    return deeper.length > 0 && (segment === first || segment.includes('{'));
  });
}

export function planNamed(contract: Contract, name: string | undefined): RatePlan | undefined {
  if (name === undefined) return undefined;
  const plans = contract.rateLimit?.plans ?? [];
  const plan = plans.find((each) => each.name === name);
  if (plan !== undefined) return plan;
  const known = plans.map((each) => each.name).join(', ');
  throw new TenantError(
    'TENANT_PLAN_UNKNOWN',
    known === ''
      ? `unknown plan "${name}"; the contract has no plans`
      : `unknown plan "${name}"; expected one of ${known}`,
  );
}

/** The request has taken effect by then, so an error in `onRequest` must not change its answer. */
function reportingDefects(
  onRequest: (served: ServedRequest) => unknown,
  onDefect: (defect: unknown) => void,
): (served: ServedRequest) => void {
  return (served) => {
    try {
      const returned = onRequest(served);
      if (returned instanceof Promise) returned.catch(onDefect);
    } catch (defect) {
      onDefect(defect);
    }
  };
}
