import type { Evidence, Operation } from '../../contract/contract.js';
import { surest } from '../../contract/evidence.js';
import type { Expectation } from '../check.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { refusalsOf, responseText, statusesFor } from './status.js';

const ACCEPTED = 'RFC 9110, section 15: 2xx means that the request was accepted';
/** A document that describes errors as successes says so of its server. */
const DESCRIBED: Evidence = { grade: 'inferred', source: `${ACCEPTED}; the body fits the documented success` };
const LISTED: Evidence = { grade: 'inferred', source: `${ACCEPTED}; the document lists this outcome for it` };
const NOT_DESCRIBED: Evidence = { grade: 'documented', source: 'no documented success has such a body' };

interface RefusalOptions {
  readonly expectation: Expectation;
  readonly isDescribed: boolean;
  readonly isListed: boolean;
}

/**
 * A refusal with the status of a success: neither was the request accepted, nor do clients notice the refusal.
 *
 * @param isDescribed - whether the answer is a documented one of its status
 * @param isListed - whether the document lists what the answer says as an outcome of its status
 */
export function judgeRefusalStatus(
  exchange: Exchange,
  operation: Operation,
  { expectation, isDescribed, isListed }: RefusalOptions,
): Violation {
  const refusals = refusalsOf(operation);
  const because = 'because' in expectation ? expectation.because : undefined;
  const refusal = statusesFor(refusals, because ?? '').join(' or ') || 'a status of 4xx';
  return {
    code: 'REFUSAL_STATUS',
    cause: `refusals are answered with ${exchange.response.status}`,
    expected: expectedText(expectation.kind === 'success', refusal, because),
    actual: responseText(exchange, undefined),
    evidence: isListed && isDescribed ? LISTED : unlistedEvidence(refusals, isDescribed),
    exchange,
  };
}

function unlistedEvidence(refusals: ReturnType<typeof refusalsOf>, isDescribed: boolean): Evidence {
  if (refusals.length > 0) return surest(refusals.map(({ evidence }) => evidence));
  return isDescribed ? DESCRIBED : NOT_DESCRIBED;
}

function expectedText(isSuccess: boolean, refusal: string, because: string | undefined): string {
  if (isSuccess) return `a success, or ${refusal} if the target refuses a valid request`;
  return because === undefined ? refusal : `${refusal}, because ${because}`;
}
