import { embeddedTarget } from '../../conformance/target/embedded.js';
import type { Target } from '../../conformance/target/target.js';
import { instantClock } from '../../conformance/test-support/instant-clock.js';
import type { Json } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { parseRecordings } from '../read/read-recordings.js';
import type { Recording } from '../recorded/recording.js';
import { replay } from '../replay.js';
import type { ReplayReport } from '../report/replay-report.js';

/** Handwritten recordings in the format that the command reads. */

export interface Exchange {
  readonly request: { readonly method: string; readonly path: string; readonly query?: string; readonly body?: Json };
  readonly response: {
    readonly status: number;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Json;
  };
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** `exchange('POST /roles', {name: 'a'}, 200, {id, name})`; the path is the contract's, without the server's. */
export function exchange(line: string, sent: Json | undefined, status: number, answer?: Json): Exchange {
  return exchangeAtRoot(line.replace(' ', ' /api/v2'), sent, status, answer);
}

/** The same for a contract whose paths begin at the root. */
export function exchangeAtRoot(line: string, sent: Json | undefined, status: number, answer?: Json): Exchange {
  const [method = '', address = ''] = line.split(' ');
  const [path = '', query] = address.split('?');
  return {
    request: {
      method,
      path,
      ...(query === undefined ? {} : { query }),
      ...(sent === undefined ? {} : { body: sent }),
    },
    response: { status, contentType: JSON_TYPE, ...(answer === undefined ? {} : { body: answer }) },
  };
}

export async function recordingOf(exchanges: readonly Exchange[], source = 'written by hand'): Promise<Recording> {
  const text = JSON.stringify({ source, recording: 'by hand', exchanges });
  const [recording] = await parseRecordings('by-hand.json', new TextEncoder().encode(text));
  if (recording === undefined) throw new Error('A recording was written and none was read.');
  return recording;
}

let contract: ReturnType<typeof defaultContract> | undefined;
/** Shared by all tests: creating its key takes longer than the tests, and each replay resets it. */
let embedded: Promise<Target> | undefined;

export async function replayed(
  exchanges: readonly Exchange[],
  options: { readonly target?: Target; readonly source?: string } = {},
): Promise<ReplayReport> {
  contract ??= defaultContract();
  embedded ??= contract.then((known) => embeddedTarget(known));
  const { target = await embedded, source } = options;
  return replay({
    contract: await contract,
    recordings: [await recordingOf(exchanges, source)],
    target,
    clock: instantClock(),
  });
}

/** An embedded tenant whose answers pass through `change`, except for tokens. */
export async function changed(
  change: (
    request: { readonly method: string; readonly path: string },
    answer: () => ReturnType<Target['send']>,
  ) => ReturnType<Target['send']>,
): Promise<Target> {
  contract ??= defaultContract();
  embedded ??= contract.then((known) => embeddedTarget(known));
  const inner = await embedded;
  return {
    ...inner,
    name: 'changed tenant',
    send: (request, limits) =>
      request.path.startsWith('/oauth/')
        ? inner.send(request, limits)
        : change(request, () => inner.send(request, limits)),
  };
}

/** A user as the service returns it after a creation with an email address only. */
export function userShown(hex: string, email: string): { readonly [name: string]: Json } {
  return {
    user_id: `auth0|${hex}`,
    email,
    email_verified: false,
    name: email,
    nickname: email.split('@')[0] ?? '',
    picture: 'https://s.gravatar.com/avatar/0',
    identities: [{ connection: 'Username-Password-Authentication', user_id: hex, provider: 'auth0', isSocial: false }],
    created_at: '2024-05-01T10:00:00.000Z',
    updated_at: '2024-05-01T10:00:00.000Z',
  };
}

export const sentUser = (email: string): { readonly [name: string]: Json } => ({
  connection: 'Username-Password-Authentication',
  email,
  password: 'correct-horse-7-battery',
});
