import { STATUS_CODES } from 'node:http';
import type { Operation, Response } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import type { ProblemText } from './problem-text.js';

/**
 * Compares the properties of an error body that repeat the status line with it: the status (`x-value: status`) and its
 * reason phrase (`x-value: reason`, in any case of letters). Properties of another type violate the schema already.
 */
export function judgeStatusInBody(
  text: ProblemText,
  exchange: Exchange,
  operation: Operation,
  { evidence }: Response,
): readonly Violation[] {
  const { status, json } = exchange.response;
  if (!isObject(json)) return [];
  const reason = STATUS_CODES[status];
  const repeated = [
    { part: 'status', wanted: status, isWrong: (value: unknown) => typeof value === 'number' && value !== status },
    {
      part: 'reason',
      wanted: reason,
      isWrong: (value: unknown) =>
        typeof value === 'string' && reason !== undefined && value.toLowerCase() !== reason.toLowerCase(),
    },
  ] as const;
  return repeated.flatMap(({ part, wanted, isWrong }) =>
    text
      .properties(part, operation, status)
      .filter((name) => isWrong(json[name]))
      .map((name) => ({
        code: 'STATUS_IN_BODY' as const,
        cause: `body /${name} is not the ${part} of the response`,
        expected: `${name}: ${JSON.stringify(wanted)}`,
        actual: `${name}: ${JSON.stringify(json[name])}, with status ${status}`,
        evidence,
        exchange,
      })),
  );
}
