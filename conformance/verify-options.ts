import type { Contract } from '../contract/contract.js';
import type { Depth } from './check.js';
import { RunError } from './errors.js';
import type { Credentials } from './target/target.js';
import { asksForTokens } from './target/tokens/asks-for-tokens.js';

/** The options of `rolecall verify` as they are typed. */
export interface RawOptions {
  readonly spec?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly audience?: string;
  readonly token?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly depth?: string;
  readonly seed?: string;
  readonly path?: string;
  readonly maxRequests?: string;
  readonly timeout?: string;
  readonly shard?: string;
  readonly report?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly merge?: readonly string[];
}

/** The same, read and completed from the environment: nothing is missing that has a default. */
export interface VerifyOptions {
  /** The root of a tenant; absent for the embedded one. */
  readonly url?: URL;
  readonly spec?: string;
  readonly credentials: Credentials;
  readonly audience?: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly depth: Depth;
  readonly seed: number;
  readonly path?: string;
  readonly maxRequests: number;
  readonly timeoutMs: number;
  readonly shard?: readonly [number, number];
  readonly report?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export const DEPTHS: readonly Depth[] = ['smoke', 'standard', 'exhaustive'];

/** @throws RunError on an option that makes no sense */
export function readOptions(
  url: string | undefined,
  raw: RawOptions,
  environment: Readonly<Record<string, string | undefined>>,
  randomSeed: () => number,
): VerifyOptions {
  const from = (value: string | undefined, name: string) =>
    value ?? (environment[name] === '' ? undefined : environment[name]);
  const place = from(url, 'ROLECALL_URL');
  const clientId = from(raw.clientId, 'ROLECALL_CLIENT_ID');
  const clientSecret = from(raw.clientSecret, 'ROLECALL_CLIENT_SECRET');
  const audience = from(raw.audience, 'ROLECALL_AUDIENCE');
  const token = from(raw.token, 'ROLECALL_TOKEN');
  if (place !== undefined && (clientId === undefined) !== (clientSecret === undefined)) {
    const [given, missing] =
      clientId === undefined ? ['secret', 'ROLECALL_CLIENT_ID'] : ['id', 'ROLECALL_CLIENT_SECRET'];
    throw new RunError('BAD_OPTION', `A client's ${given} was given without the other half: set ${missing}.`);
  }
  return {
    ...(place === undefined ? {} : { url: readUrl(place) }),
    ...(raw.spec === undefined ? {} : { spec: raw.spec }),
    credentials: {
      ...(clientId === undefined || clientSecret === undefined
        ? {}
        : { client: { id: clientId, secret: clientSecret } }),
      ...(token === undefined ? {} : { token: token.replace(/^Bearer\s+/i, '') }),
    },
    ...(audience === undefined ? {} : { audience }),
    only: raw.only ?? [],
    skip: raw.skip ?? [],
    depth: readDepth(raw.depth ?? 'standard'),
    seed: raw.seed === undefined ? randomSeed() : readWhole('--seed', raw.seed, 0),
    ...(raw.path === undefined ? {} : { path: readPath(raw.path) }),
    maxRequests:
      raw.maxRequests === undefined ? Number.POSITIVE_INFINITY : readWhole('--max-requests', raw.maxRequests, 1),
    timeoutMs: raw.timeout === undefined ? Number.POSITIVE_INFINITY : readWhole('--timeout', raw.timeout, 1),
    ...(raw.shard === undefined ? {} : { shard: readShard(raw.shard) }),
    ...(raw.report === undefined ? {} : { report: raw.report }),
    dryRun: raw.dryRun ?? false,
    json: raw.json ?? false,
  };
}

/** Checks what can only be known with the contract. @throws RunError */
export function checkWithContract({ url, credentials }: VerifyOptions, contract: Contract): void {
  if (url === undefined) return;
  if (contract.serverPath !== '' && url.pathname.replace(/\/+$/, '').endsWith(contract.serverPath)) {
    const root = url.href.slice(0, url.href.lastIndexOf(contract.serverPath)) || url.origin;
    throw new RunError(
      'BAD_OPTION',
      `"${url.href}" ends in "${contract.serverPath}", which the contract adds by itself: give the tenant's root, "${root}".`,
    );
  }
  if (asksForTokens(contract) && credentials.client === undefined && credentials.token === undefined) {
    throw new RunError(
      'BAD_OPTION',
      `There are no credentials for "${url.origin}": set ROLECALL_CLIENT_ID and ROLECALL_CLIENT_SECRET, or ROLECALL_TOKEN.`,
    );
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new RunError(
      'BAD_OPTION',
      `"${text}" is no URL of a tenant; expected one such as https://travel0.eu.auth0.com or http://127.0.0.1:4000.`,
    );
  }
  if (url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new RunError(
      'BAD_OPTION',
      `The URL of "${url.host}" has more than scheme, host and path; give the tenant's root alone.`,
    );
  }
  return url;
}

function readDepth(text: string): Depth {
  const depth = DEPTHS.find((known) => known === text);
  if (depth === undefined)
    throw new RunError('BAD_OPTION', `"--depth ${text}" is not known; expected one of ${DEPTHS.join(', ')}.`);
  return depth;
}

/** @throws RunError on anything but a whole number of at least `least` */
function readWhole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= 2 ** 31 - 1) return value;
  throw new RunError(
    'BAD_OPTION',
    `"${option} ${text}" is not right; expected a whole number from ${least} to ${2 ** 31 - 1}.`,
  );
}

function readPath(text: string): string {
  if (/^(\d+\/)?\d+(:\d+)*$/.test(text)) return text;
  throw new RunError('BAD_OPTION', `"--path ${text}" is not right; expected the path of a replay line, such as 3:1:0.`);
}

function readShard(text: string): readonly [number, number] {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard: readonly [number, number] = [Number(index), Number(count)];
  if (shard[0] >= 1 && shard[0] <= shard[1]) return shard;
  throw new RunError('BAD_OPTION', `"--shard ${text}" is not right; expected I/N with I from 1 to N, such as 1/4.`);
}
