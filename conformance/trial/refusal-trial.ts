import type { CheckContext, Expectation, SendOptions } from '../check.js';
import type { Violation } from '../finding.js';
import type { StateProbe } from '../fixtures/fixtures.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest, RequestValues } from '../target/request.js';

/** Sends requests that must be refused, and looks after each that nothing changed. */
export interface RefusalTrial {
  /** What is wrong with the answer, and with what the target shows afterwards. */
  refused(request: PlannedRequest, expected: Expectation, options?: SendOptions): Promise<RefusedExchange>;
  /** Something else may have changed what is looked at: the next request looks anew before it is sent. */
  touched(): void;
}

export interface RefusedExchange {
  readonly exchange: Exchange;
  readonly violations: readonly Violation[];
}

/**
 * A trial around one set of values: what a request with them would change is looked at before the first request, and
 * again after each. A look after an answer that was no refusal says nothing, so the next one starts anew.
 * @param values - what the requests would change if they were let in
 * @param looks - whether to look at all; where requests are few, a check may not
 */
export function refusalTrial(context: CheckContext, values: RequestValues, looks = true): RefusalTrial {
  let probe: StateProbe | undefined;
  return {
    touched() {
      probe = undefined;
    },
    async refused(request, expected, options) {
      if (looks) probe ??= await context.fixtures.probe(context.operation, values);
      const exchange = await context.send(request, options);
      const violations = context.judge(exchange, expected);
      if (succeeded(exchange)) {
        probe = undefined;
        return { exchange, violations };
      }
      const changes = probe === undefined || probe.blind ? [] : await probe.unchanged(exchange);
      if (changes.length > 0) probe = undefined;
      return { exchange, violations: [...violations, ...changes] };
    },
  };
}

/** Whether a request of this method can change anything. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
