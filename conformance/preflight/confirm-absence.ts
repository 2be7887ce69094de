import type { Operation } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import { Stop } from '../engine/stop.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Exchange, TargetResponse } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Absence } from './absence.js';

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
      if (saysTheSame(response, beside.response)) continue;
      const again = isAlike(response, beside.response) ? await send(besides(request), operation) : undefined;
      if (again === undefined || !differsOnlyByItself(response, [beside.response, again.response]))
        absence.isThere(operation.id);
    } catch (error) {
      // Then its own answers have to do.
      if (!(error instanceof NoAnswer || error instanceof Stop)) throw error;
    }
  }
}

/**
 * Without an operation: the answer says nothing of it. What differs is the last part of the path that is not an id:
 * beside an id, the target would look for another item.
 */
function besides({ method, path, headers, operation }: PlannedRequest): PlannedRequest {
  const [plain = '', ...query] = path.split('?');
  const segments = plain.split('/');
  const parts = operation?.route.split('/') ?? [];
  const fixed = parts.findLastIndex((part) => part !== '' && !part.includes('{'));
  const place = fixed === -1 ? segments.length - 1 : fixed;
  segments[place] = `${segments[place]}${SUFFIX}`;
  return { method, path: [segments.join('/'), ...query].join('?'), headers };
}

/** Whether an answer says no more than another: it differs in the path, in ids and in times at most. */
function saysTheSame(one: TargetResponse, other: TargetResponse): boolean {
  if (one.text === '') return true;
  // Pages have more that differs.
  return isAlike(one, other) && (typeOf(one) === 'text/html' || wordsOf(one) === wordsOf(other));
}

function isAlike(one: TargetResponse, other: TargetResponse): boolean {
  return one.status === other.status && typeOf(one) === typeOf(other);
}

function typeOf({ headers }: TargetResponse): string {
  return bareMediaType(headers['content-type'] ?? '');
}

/** Whether an answer has the words that two answers to one request share, and as many others: each may have its own id. */
function differsOnlyByItself(
  one: TargetResponse,
  [first, second]: readonly [first: TargetResponse, second: TargetResponse],
): boolean {
  if (saysTheSame(first, second)) return false;
  const [words, known, again] = [one, first, second].map((each) => wordsOf(each).split(/\W+/));
  const shared = known?.filter((word) => again?.includes(word)) ?? [];
  return words?.length === known?.length && shared.every((word) => words?.includes(word));
}

function wordsOf({ text }: TargetResponse): string {
  return text.replaceAll(SUFFIX, '').replace(/[0-9a-f]*[0-9][0-9a-f]*/gi, '0');
}
