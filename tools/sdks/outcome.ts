import { isDeepStrictEqual } from 'node:util';
import type { PreparedCall } from './calls/expectation.js';
import type { Answered } from './fixtures.js';
import type { Answer } from './protocol.js';

/**
 * - worked: the SDK returned, every response was a success, and the values are right
 * - refused: the SDK threw because the tenant answered that the request is outside the contract, and named it
 * - faulty: the SDK sends what no server can take for what was meant, as a script in `findings/` shows
 * - wrong: anything else
 */
export interface Outcome {
  readonly kind: 'worked' | 'refused' | 'faulty' | 'wrong';
  readonly reason: string;
}

/** One call of a method, and what came of it. */
export interface CallResult extends Outcome {
  readonly method: string;
  readonly operation: string;
  readonly query?: Readonly<Record<string, unknown>>;
}

export function outcomeOf({ sent, value, error }: Answer, { returns = [], body }: PreparedCall): Outcome {
  const last = sent.at(-1);
  const seen = sent
    .map(({ verb, url, status }) => `${verb} ${url.replace(/^https?:\/\/[^/]*/, '')} ${status}`)
    .join(', ');
  if (last?.outside !== undefined && error !== undefined) return { kind: 'refused', reason: last.outside };
  if (error !== undefined) return { kind: 'wrong', reason: `${error} (${seen})` };
  if (last === undefined || last.status >= 300) return { kind: 'wrong', reason: `no success: ${seen}` };
  // Older SDKs cannot express every property: what they did not send, they need not get.
  const unsent = returns.filter((each) => contains(body, each) && !contains(parsed(last.body), each));
  const missing = returns.find((each) => !unsent.includes(each) && !contains(value, each));
  if (missing === undefined) return { kind: 'worked', reason: '' };
  return { kind: 'wrong', reason: `${JSON.stringify(missing)} is not in ${excerpt(value)} (${seen})` };
}

/** What the GET after a call shows, if it is not what it must show. */
export function contradiction(
  { get, status = 200, has = [], lacks = [] }: NonNullable<PreparedCall['afterwards']>,
  answered: Answered,
): string | undefined {
  if (answered.status !== status) return `afterwards, GET ${get} answers ${answered.status}, not ${status}`;
  const missing = has.find((each) => !contains(answered.body, each));
  if (missing !== undefined) return `afterwards, GET ${get} lacks ${JSON.stringify(missing)}`;
  const surplus = lacks.find((each) => contains(answered.body, each));
  return surplus === undefined ? undefined : `afterwards, GET ${get} still has ${JSON.stringify(surplus)}`;
}

/** Whether a value appears anywhere: names of properties differ between languages. */
function contains(value: unknown, wanted: unknown): boolean {
  if (isDeepStrictEqual(value, wanted)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => contains(each, wanted));
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
