import type { Contract, Operation } from '../../contract/contract.js';
import type { Created } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { isServerError } from '../judge/safety.js';
import { isPage } from '../judge/web-page.js';
import { neededValues } from '../lookup/needed-values.js';
import { pathNaming } from '../lookup/path-names.js';
import { NoAnswer } from '../session/no-answer.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { withoutAnswer } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';

/** How often a removal is sent that got no answer: removing twice does no harm. */
const REMOVAL_ATTEMPTS = 5;

export async function remove(
  options: CleanupOptions,
  resourceToRemove: Created,
): Promise<'server error' | 'absent' | undefined> {
  const { resource, id, parent } = resourceToRemove;
  const { effects, created, send } = options;
  const removal = requestOn(effects.contract, effects.one('delete', resource), resourceToRemove);
  if (removal === undefined) return undefined;
  const exchange = await sendRemoval(options, removal);
  if (isBelievable(exchange) || isGone(exchange)) {
    created.remove(resource, id, parent);
    return isGone(exchange) ? 'absent' : undefined;
  }
  // A success that the contract does not have, such as a page of HTML, or an error after the removal: read it to be sure.
  const isFailed = isServerError(exchange.response.status);
  const reading =
    succeeded(exchange) || isFailed
      ? requestOn(effects.contract, effects.one('read', resource), resourceToRemove)
      : undefined;
  const read = reading && (await send(reading).catch(withoutAnswer));
  const isRemoved = read !== undefined && isGone(read);
  if (isRemoved) created.remove(resource, id, parent);
  return isFailed && !isRemoved ? 'server error' : undefined;
}

export async function sendRemoval({ send }: CleanupOptions, request: PlannedRequest): Promise<Exchange> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(request);
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.stop !== undefined || attempt === REMOVAL_ATTEMPTS) throw error;
    }
  }
}

/** The request of an operation whose path names one resource; absent where it does not. */
export function requestOn(
  contract: Contract,
  operation: Operation | undefined,
  { resource, id, parent }: Created,
): PlannedRequest | undefined {
  if (operation?.effect?.of[resource] === undefined) return undefined;
  const path = pathNaming(operation, { ...parent, [resource]: id });
  return buildRequest(operation, { ...neededValues(contract, operation), path });
}

/**
 * Whether an answer says that there is nothing. A page of HTML may have any status, and a text such as "404 page not found"
 * may be about the path: it counts where the document lists the status.
 */
export function isGone({ request: { operation }, response }: Exchange): boolean {
  const { status, json, text } = response;
  if (status !== 404 && status !== 410) return false;
  if (json !== undefined || text === '') return true;
  const isListed = operation?.responses.some((listed) => listed.status === String(status)) === true;
  return isListed && !isPage(response);
}
