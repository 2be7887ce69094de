import { asksForTokens } from '../contract/asks-for-tokens.js';
import type { Contract } from '../contract/contract.js';
import type { Depth } from './check.js';
import { RunError } from './errors.js';
import { stateFolder } from './journal/state-folder.js';
import { readShard, type Shard } from './shard.js';
import { type GivenHeaders, readHeaders } from './target/given-headers.js';
import type { Credentials } from './target/target.js';
import { checkRoot, readTargetUrl } from './target/target-url.js';
import { wantedCredentials } from './target/wanted-credentials.js';

/** Which target to verify, and with which credentials. Each falls back to an environment variable. */
export interface TargetOptions {
  /** The tenant's root, such as `http://127.0.0.1:4000`. Default: ROLECALL_URL, otherwise an embedded tenant. */
  readonly target?: string;
  /** Default: ROLECALL_CLIENT_ID. */
  readonly clientId?: string;
  /** Default: ROLECALL_CLIENT_SECRET. */
  readonly clientSecret?: string;
  /** An access token, used as it is. Default: ROLECALL_TOKEN. */
  readonly token?: string;
  /** The audience to request tokens for. Default: ROLECALL_AUDIENCE, otherwise the target plus the server path and `/`. */
  readonly audience?: string;
  /** Headers to send with every request, `NAME: VALUE` each, besides the lines of ROLECALL_HEADERS. */
  readonly header?: readonly string[];
}

/** Which checks to run. */
export interface PlanSelection {
  /** Globs of `operationId/checkId`. Default: all checks. */
  readonly only?: readonly string[];
  /** Globs of `operationId/checkId` to leave out. */
  readonly skip?: readonly string[];
  /** How much to send. Default: `standard`. */
  readonly depth?: Depth;
  /** Reproduces the requests of an earlier run: 0 to 2^31-1. Default: random. */
  readonly seed?: number;
  /** The most requests to send, fixtures and cleanup included. Default: no limit. */
  readonly maxRequests?: number;
  /** The contract's root document. Default: `spec/openapi.yaml` of the working directory, or the packaged contract. */
  readonly spec?: string;
  /** A JSON file of existing resources to use as fixtures: lists of keys or of objects, by resource. */
  readonly fixtures?: string;
  /** A JSON file of known findings that do not count until a day. */
  readonly baseline?: string;
  /** Skips operations that the target does not implement. Default: they are findings. */
  readonly allowMissing?: boolean;
  /** Folders besides that of the contract whose files `$ref` may read. Default: none. */
  readonly allowRef?: readonly string[];
  /** Overlays that change the contract before it is checked. Default: none. */
  readonly overlay?: readonly string[];
  /**
   * Values of path parameters, `NAME=VALUE` each, by the name of a parameter or the beginning of a path that ends in one:
   * what is below is that of the item which the value names. Default: none.
   */
  readonly setPath?: readonly string[];
  /** Refuses a contract that only warnings are about. Default: only one with our keywords. */
  readonly strict?: boolean;
  /**
   * Derives no state from the paths and schemas of a contract without our keywords: neither the embedded tenant nor the
   * checks have any.
   */
  readonly stateless?: boolean;
}

/** The options of `verify`. */
export interface VerifyOptions extends TargetOptions, PlanSelection {
  /** Replays one counterexample of one check, such as `3:1:0`. */
  readonly path?: string;
  /** Runs part `i` of `n` of the plan: `[i, n]`, counted from 1. */
  readonly shard?: readonly [number, number];
  /** The run ends within this many milliseconds, cleanup included. Default: no limit. */
  readonly timeoutMs?: number;
  /**
   * The file to write creations to before they are sent. Default: a file in the state folder where the target is not on
   * this machine, otherwise none.
   */
  readonly journal?: string;
  /** The name of the tenant, which says that it is yours: required once for each target that is not on this machine. */
  readonly iOwnThisTenant?: string;
  /** The tenant is in production: `iOwnThisTenant` is required each time. */
  readonly production?: boolean;
  /** The most requests per second. Default: as many as the target's rate limits allow, less what is left to others. */
  readonly rate?: number;
  /** The plan of the contract whose rate limits to keep. Default: found out, where the target is not on this machine. */
  readonly plan?: string;
  /** Whether a check may exceed the rate limit. Default: only at targets on this machine. */
  readonly provokeRateLimit?: boolean;
  /** Runs only checks that change nothing, with the token as it is. */
  readonly readOnly?: boolean;
}

/** The options of `rolecall verify` as typed. */
export interface RawOptions {
  readonly spec?: string;
  readonly allowRef?: readonly string[];
  readonly overlay?: readonly string[];
  readonly setPath?: readonly string[];
  readonly strict?: boolean;
  readonly stateless?: boolean;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly audience?: string;
  readonly token?: string;
  readonly header?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly depth?: string;
  readonly seed?: string;
  readonly path?: string;
  readonly maxRequests?: string;
  readonly timeout?: string;
  readonly shard?: string;
  readonly shards?: string;
  readonly baseline?: string;
  readonly sarif?: string;
  readonly har?: string;
  readonly report?: string;
  readonly dryRun?: boolean;
  readonly trace?: boolean;
  readonly json?: boolean;
  readonly merge?: readonly string[];
  readonly allowMissing?: boolean;
  readonly fixtures?: string;
  readonly verbose?: boolean;
  readonly journal?: string;
  readonly iOwnThisTenant?: string;
  readonly production?: boolean;
  readonly rate?: string;
  readonly plan?: string;
  readonly provokeRateLimit?: boolean;
  readonly readOnly?: boolean;
  readonly scopes?: boolean;
  readonly tokens?: string;
}

/** Options after parsing, with the environment and all defaults applied. */
export interface ResolvedOptions {
  /** The tenant's root; absent: the embedded tenant. */
  readonly url?: URL;
  readonly spec?: string;
  readonly allowRef: readonly string[];
  readonly overlay: readonly string[];
  readonly setPath: readonly string[];
  readonly strict?: boolean;
  readonly stateless: boolean;
  readonly credentials: Credentials;
  readonly headers: GivenHeaders;
  readonly audience?: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly depth: Depth;
  readonly seed: number;
  readonly path?: string;
  /** Infinity: no limit. */
  readonly maxRequests: number;
  /** Infinity: no limit. */
  readonly timeoutMs: number;
  readonly shard?: readonly [number, number];
  readonly report?: string;
  readonly baseline?: string;
  readonly sarif?: string;
  readonly har?: string;
  readonly allowMissing: boolean;
  readonly fixtures?: string;
  readonly dryRun: boolean;
  readonly trace: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly journal?: string;
  readonly iOwnThisTenant?: string;
  readonly production: boolean;
  /** Requests per second. */
  readonly rate?: number;
  readonly plan?: string;
  readonly provokeRateLimit?: boolean;
  readonly readOnly: boolean;
  /** Print the least grant for the plan. */
  readonly scopes: boolean;
  /** A file with a token for each set of scopes. */
  readonly tokens?: string;
  /** Where journals are, and which tenants are the user's. */
  readonly stateFolder: string;
}

export const DEPTHS: readonly Depth[] = ['smoke', 'standard', 'exhaustive'];

type Environment = Readonly<Record<string, string | undefined>>;

/** Resolves the options of the command line. @throws RunError on an invalid option */
export function readOptions(
  url: string | undefined,
  raw: RawOptions,
  environment: Environment,
  randomSeed: () => number,
): ResolvedOptions {
  return {
    ...readTarget({ ...raw, ...(url === undefined ? {} : { target: url }) }, environment, sendsNothing(raw)),
    ...(raw.spec === undefined ? {} : { spec: raw.spec }),
    allowRef: raw.allowRef ?? [],
    overlay: raw.overlay ?? [],
    setPath: raw.setPath ?? [],
    ...(raw.strict === undefined ? {} : { strict: raw.strict }),
    stateless: raw.stateless ?? false,
    only: raw.only ?? [],
    skip: raw.skip ?? [],
    depth: readDepth(raw.depth ?? 'standard'),
    seed: raw.seed === undefined ? randomSeed() : readWhole('--seed', raw.seed, 0),
    ...(raw.path === undefined ? {} : { path: readPath(raw.path) }),
    maxRequests:
      raw.maxRequests === undefined ? Number.POSITIVE_INFINITY : readWhole('--max-requests', raw.maxRequests, 1),
    timeoutMs: raw.timeout === undefined ? Number.POSITIVE_INFINITY : readWhole('--timeout', raw.timeout, 1),
    ...shardOf(raw, environment),
    ...(raw.report === undefined ? {} : { report: raw.report }),
    ...(raw.baseline === undefined ? {} : { baseline: raw.baseline }),
    ...(raw.sarif === undefined ? {} : { sarif: raw.sarif }),
    ...(raw.har === undefined ? {} : { har: raw.har }),
    allowMissing: raw.allowMissing ?? false,
    ...(raw.fixtures === undefined ? {} : { fixtures: raw.fixtures }),
    dryRun: raw.dryRun ?? false,
    trace: raw.trace ?? false,
    json: raw.json ?? false,
    verbose: raw.verbose ?? false,
    ...(raw.journal === undefined ? {} : { journal: raw.journal }),
    ...(raw.iOwnThisTenant === undefined ? {} : { iOwnThisTenant: raw.iOwnThisTenant }),
    production: raw.production ?? false,
    stateFolder: stateFolder(environment),
    ...(raw.rate === undefined ? {} : { rate: readRate(raw.rate) }),
    ...(raw.plan === undefined ? {} : { plan: raw.plan }),
    ...(raw.provokeRateLimit === undefined ? {} : { provokeRateLimit: raw.provokeRateLimit }),
    readOnly: raw.readOnly ?? false,
    scopes: raw.scopes ?? false,
    ...(raw.tokens === undefined ? {} : { tokens: raw.tokens }),
  };
}

/** Resolves the options of the function `verify`. @throws RunError on an invalid option */
export function resolveOptions(
  options: VerifyOptions,
  environment: Environment,
  randomSeed: () => number,
): ResolvedOptions {
  const { target, seed, path, shard, maxRequests, timeoutMs, rate, ...same } = options;
  const raw: RawOptions = {
    ...same,
    ...(path === undefined ? {} : { path }),
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...(rate === undefined ? {} : { rate: String(rate) }),
    ...(shard === undefined ? {} : { shard: shard.join('/') }),
    ...(maxRequests === undefined ? {} : { maxRequests: String(maxRequests) }),
    ...(timeoutMs === undefined ? {} : { timeout: String(timeoutMs) }),
  };
  return readOptions(target, raw, environment, randomSeed);
}

function readTarget(
  options: TargetOptions,
  environment: Environment,
  sendsNothing: boolean,
): Pick<ResolvedOptions, 'url' | 'credentials' | 'headers' | 'audience'> {
  // An empty variable counts as absent: CI systems set unknown secrets to the empty string.
  const from = (value: string | undefined, name: string) =>
    value ?? (environment[name] === '' ? undefined : environment[name]);
  const url = from(options.target, 'ROLECALL_URL');
  const id = from(options.clientId, 'ROLECALL_CLIENT_ID');
  const secret = from(options.clientSecret, 'ROLECALL_CLIENT_SECRET');
  const audience = from(options.audience, 'ROLECALL_AUDIENCE');
  const token = from(options.token, 'ROLECALL_TOKEN');
  // Both: secrets are in the environment, what is not secret may be typed.
  const lines = [...(environment.ROLECALL_HEADERS ?? '').split('\n'), ...(options.header ?? [])];
  const headers = lines.filter((line) => line.trim() !== '');
  const [header] = headers;
  if (url === undefined && !sendsNothing) rejectWithoutTarget({ id, secret, audience, token, header });
  if (secret !== undefined && id === undefined)
    throw new RunError('BAD_OPTION', '--client-secret needs --client-id (or ROLECALL_CLIENT_ID).');
  if (id !== undefined && secret === undefined)
    throw new RunError('BAD_OPTION', '--client-id needs --client-secret (or ROLECALL_CLIENT_SECRET).');
  return {
    ...(url === undefined ? {} : { url: readTargetUrl(url) }),
    credentials: {
      ...(id === undefined || secret === undefined ? {} : { client: { id, secret } }),
      ...(token === undefined ? {} : readToken(token)),
    },
    headers: readHeaders(headers),
    ...(audience === undefined ? {} : { audience }),
  };
}

/** A token, maybe with the scheme before it: `Token abc`. @see RFC 9110, section 11.1 */
function readToken(given: string): Pick<Credentials, 'token' | 'scheme'> {
  const [, scheme, token = given] = /^([a-z][\w-]*)\s+(\S.*)$/i.exec(given) ?? [];
  return { token, ...(scheme !== undefined && { scheme: scheme.replace(/^bearer$/i, 'Bearer') }) };
}

/** Whether a run only prints what it would send or need: credentials in the environment are for the run after it. */
function sendsNothing({ scopes = false, dryRun = false }: Pick<RawOptions, 'scopes' | 'dryRun'>): boolean {
  return scopes || dryRun;
}

/**
 * Credentials without a target are a mistake, such as `rolecall verify $URL` with an empty variable: the embedded tenant
 * would conform instead. @throws RunError
 */
function rejectWithoutTarget(given: Readonly<Record<keyof typeof WITHOUT_TARGET, string | undefined>>): void {
  for (const [name, [option, variable]] of Object.entries(WITHOUT_TARGET)) {
    if (Reflect.get(given, name) === undefined) continue;
    throw new RunError(
      'BAD_OPTION',
      `${option} (or ${variable}) needs a target: pass its URL (or ROLECALL_URL). The embedded tenant takes none.`,
    );
  }
}

const WITHOUT_TARGET = {
  id: ['--client-id', 'ROLECALL_CLIENT_ID'],
  secret: ['--client-secret', 'ROLECALL_CLIENT_SECRET'],
  audience: ['--audience', 'ROLECALL_AUDIENCE'],
  token: ['--token', 'ROLECALL_TOKEN'],
  header: ['--header', 'ROLECALL_HEADERS'],
} as const;

/** Checks what depends on the contract. @throws RunError */
export function checkWithContract(options: ResolvedOptions, contract: Contract): void {
  const { url, credentials, journal, plan } = options;
  const plans = (contract.rateLimit?.plans ?? []).map(({ name }) => name);
  if (plan !== undefined && !plans.includes(plan))
    throw invalid('--plan', plan, plans.length === 0 ? 'a contract with plans' : `one of ${plans.join(', ')}`);
  if (url === undefined) {
    if (journal === undefined) return;
    throw new RunError('BAD_OPTION', `--journal "${journal}" needs a target: the embedded tenant ends with the run.`);
  }
  checkRoot(url, contract);
  if (
    !sendsNothing(options) &&
    asksForTokens(contract) &&
    credentials.client === undefined &&
    credentials.token === undefined
  ) {
    throw new RunError(
      'BAD_OPTION',
      `no credentials for "${url.origin}"; set ${wantedCredentials(contract)} (any text where the server checks none).`,
    );
  }
}

function shardOf({ shard, shards }: RawOptions, environment: Environment): { readonly shard?: Shard } {
  const count = shards === undefined ? undefined : readWhole('--shards', shards, 1);
  if (shard !== undefined) return { shard: readShard(shard, environment, count) };
  if (count === undefined) return {};
  throw new RunError('BAD_OPTION', `--shards "${count}" needs --shard auto.`);
}

function readDepth(text: string): Depth {
  const depth = DEPTHS.find((known) => known === text);
  if (depth === undefined) throw invalid('--depth', text, `one of ${DEPTHS.join(', ')}`);
  return depth;
}

/** @throws RunError on anything but a whole number of at least `least` */
function readWhole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= 2 ** 31 - 1) return value;
  throw invalid(option, text, `a whole number from ${least} to ${2 ** 31 - 1}`);
}

/** A positive number of requests per second. */
function readRate(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= 1000) return value;
  throw invalid('--rate', text, 'requests per second, such as 2 or 0.5');
}

function readPath(text: string): string {
  if (/^(\d+\/)?\d+(:\d+)*$/.test(text)) return text;
  throw invalid('--path', text, 'the path of a replay line, such as 3:1:0');
}

function invalid(option: string, text: string, expected: string): RunError {
  return new RunError('BAD_OPTION', `invalid ${option} "${text}"; expected ${expected}.`);
}
