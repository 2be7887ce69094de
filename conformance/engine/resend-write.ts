import type { Contract, Effect } from '../../contract/contract.js';
import type { Cause } from '../../contract/vocabulary.js';
import { findSuspect } from '../cleanup/find-suspect.js';
import type { CreatedResources, SuspectedResource } from '../fixtures/created-resources.js';
import { problemTextOf } from '../judge/problem-text.js';
import type { Effects } from '../lookup/effects.js';
import { responseFor } from '../lookup/response-for.js';
import { NoAnswer } from '../session/no-answer.js';
import { isTransientFailure } from '../session/resend.js';
import { type Exchange, refused } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { deleteResource } from './restoration.js';

export interface ResendOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly created: CreatedResources;
  /** What the write may have created, where it creates something that can be searched. */
  readonly suspect?: SuspectedResource;
  /** Others use the target too. */
  readonly isShared: boolean;
  /** Whether the target answers at all. */
  readonly recovers: () => Promise<boolean>;
  /** Sends the write again. */
  readonly again: () => Promise<Exchange>;
  /** Searches, and removes what is found. */
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** A write is sent so often in all; where each loses its answer, the check begins anew. */
const ATTEMPTS = 4;

/** Why a request may be refused because it was processed before, by the effect that it had. */
const CAUSED_BY_ITSELF: Readonly<Partial<Record<Effect['kind'], readonly Cause['kind'][]>>> = {
  create: ['duplicate', 'full'],
  add: ['duplicate', 'full'],
  remove: ['unknown'],
  delete: ['unknown'],
};

/**
 * Sends a write again whose answer was lost, where connections break or stall again and again. What it created is searched
 * and removed first. So a check with hundreds of writes need not begin anew at each loss, which it would never end.
 *
 * @returns the answer that the write would have got the first time
 * @throws NoAnswer where that cannot be known, Stop
 */
export async function resendWrite(first: NoAnswer, options: ResendOptions): Promise<Exchange> {
  let loss = first;
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    if (!(await options.recovers()) || !(await undo(options))) throw loss;
    try {
      const exchange = await options.again();
      if (!mayBeCausedByItself(exchange, options.contract)) return exchange;
      loss = new NoAnswer(loss.exchange, loss.failure, loss.stop, { answersAgain: true, besides: loss.besides });
      break;
    } catch (error) {
      if (!(error instanceof NoAnswer) || !isAccident(error, options.isShared)) throw error;
      loss = error;
    }
  }
  throw loss;
}

/** Whether the answer was lost on the way: at a shared target, a request may also stall. */
export function isAccident({ stop, failure }: NoAnswer, isShared: boolean): boolean {
  return stop === undefined && isTransientFailure(failure.kind, isShared);
}

/** Removes what the lost write created. @returns whether nothing of it is left, as far as the target shows */
async function undo({ contract, effects, created, suspect, send }: ResendOptions): Promise<boolean> {
  if (suspect === undefined) return true;
  const found = await findSuspect({ contract, effects, send }, suspect);
  if (found === undefined) return false;
  for (const { id } of found) {
    const one = { ...suspect, id, label: suspect.text };
    // A resource with the same name may be there on purpose, so that the write is refused, and was so before the run.
    if (created.has(suspect.resource, id, suspect.parent) || !created.add(one)) continue;
    await deleteResource({ contract, effects, send }, one);
  }
  return true;
}

/** Whether a refusal may be due to the same request, which was processed although its answer was lost. */
function mayBeCausedByItself(exchange: Exchange, contract: Contract): boolean {
  const { operation, method } = exchange.request;
  const causes = CAUSED_BY_ITSELF[operation?.effect?.kind ?? 'read'];
  if (!refused(exchange) || operation === undefined || causes === undefined || operation.method !== method)
    return false;
  const { status, json } = exchange.response;
  const problems = responseFor(operation, status)?.problems ?? [];
  // A refusal of which the contract names no cause may have any.
  if (problems.length === 0) return true;
  const code = problemTextOf(contract).read('error-code', operation, status, json);
  const isOwn = ({ when }: { readonly when: Cause }) => causes.includes(when.kind);
  const hasOtherCode = problems.some(
    (problem) => !isOwn(problem) && problem.errorCode !== undefined && problem.errorCode === code,
  );
  return problems.some(isOwn) && !hasOtherCode;
}
