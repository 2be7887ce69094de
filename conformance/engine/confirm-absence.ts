import type { Operation } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import type { Exchange, TargetResponse } from '../target/exchange.js';
import { NoAnswer } from '../target/http-session.js';
import type { PlannedRequest } from '../target/request.js';
import type { Absence } from './absence.js';
import { Stop } from './stop.js';

/** Makes a path one that no API has. */
const SUFFIX = '-no-such-route';

type Send = (request: PlannedRequest, operation: Operation) => Promise<Exchange>;

/**
 * Asks the target for a path that it does not have, beside each that seems not to be implemented: where it answers that
 * in other words, the operation itself answered 404, such as a listing without entries.
 */
export async function confirmAbsence(absence: Absence, send: Send): Promise<void> {
  for (const { request, response } of absence.unconfirmed()) {
    const { operation } = request;
    if (operation === undefined) continue;
    try {
      const beside = await send(besides(request), operation);
      if (!saysTheSame(response, beside.response)) absence.isThere(operation.id);
    } catch (error) {
      // Then its own answers have to do.
      if (!(error instanceof NoAnswer || error instanceof Stop)) throw error;
    }
  }
}

/** Without an operation: the answer says nothing of it. */
function besides({ method, path, headers }: PlannedRequest): PlannedRequest {
  return { method, path: path.replace(/\/?(?=\?|$)/, (end) => `${SUFFIX}${end}`), headers };
}

/** Whether an answer says no more than another: it differs in the path, in ids and in times at most. */
function saysTheSame(one: TargetResponse, other: TargetResponse): boolean {
  if (one.text === '') return true;
  const [type, otherType] = [one, other].map(({ headers }) => bareMediaType(headers['content-type'] ?? ''));
  if (one.status !== other.status || type !== otherType) return false;
  // Pages have more that differs.
  return type === 'text/html' || wordsOf(one) === wordsOf(other);
}

function wordsOf({ text }: TargetResponse): string {
  return text.replaceAll(SUFFIX, '').replace(/[0-9a-f]*[0-9][0-9a-f]*/gi, '0');
}
