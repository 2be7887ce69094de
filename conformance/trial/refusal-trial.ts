import type { CheckContext, Expectation, SendOptions } from '../check.js';
import type { Violation } from '../finding/finding.js';
import type { StateProbe } from '../fixtures/fixtures.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest, RequestValues } from '../target/request.js';
import { removeCreated } from './remove-created.js';

/** Sends requests that must be refused, and verifies after each that the state is unchanged. */
export interface RefusalTrial {
  /** The violations of the response, and of the state afterwards. */
  refused(request: PlannedRequest, expected: Expectation, options?: SendOptions): Promise<RefusedExchange>;
  /** Call when another request may have changed the state: it is read again before the next one. */
  invalidate(): void;
}

export interface RefusedExchange {
  readonly exchange: Exchange;
  readonly violations: readonly Violation[];
}

export interface RefusalTrialOptions {
  /** Whether to compare the state before and after; true unless given. It doubles the number of requests. */
  readonly probe?: boolean;
}

/**
 * A trial around one set of values. The state that they would change is read before the first request and again after
 * each refusal. After a request that succeeded, what it created is removed, and the next one starts with a new reading.
 * @param values - what the requests would change if they were accepted
 */
export function refusalTrial(
  context: CheckContext,
  values: RequestValues,
  { probe: compareState = true }: RefusalTrialOptions = {},
): RefusalTrial {
  let probe: StateProbe | undefined;
  return {
    invalidate() {
      probe = undefined;
    },
    async refused(request, expected, options) {
      if (compareState) probe ??= await context.fixtures.probe(context.operation, values);
      const exchange = await context.send(request, options);
      const violations = context.judge(exchange, expected);
      if (succeeded(exchange)) {
        probe = undefined;
        await removeCreated(exchange, context);
        return { exchange, violations };
      }
      const changes = probe === undefined || probe.blind ? [] : await probe.unchanged(exchange);
      if (changes.length > 0) probe = undefined;
      return { exchange, violations: [...violations, ...changes] };
    },
  };
}

/** Whether requests of this method only read. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
