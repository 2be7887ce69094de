import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { Correspondence } from '../compare/correspondence.js';
import { type Difference, difference } from '../compare/difference.js';
import type { ReportedAnswer } from './exchange-result.js';
import { textWithNumbers, withNumbers } from './numbered-text.js';
import type { Step } from './step.js';

/** What reports show of answers and differences: ids are numbers again where they were. */

export function answerOf({ status, text, json }: Pick<TargetResponse, 'status' | 'text' | 'json'>): ReportedAnswer {
  const body = json ?? (text === '' ? undefined : text);
  return body === undefined ? { status } : { status, body: withNumbers(body) };
}

/** The recorded answer with the ids and cursors of the target. */
export function recordedAnswer({ exchange }: Step, correspondence: Correspondence): ReportedAnswer {
  const { status, body } = exchange.response;
  return body === undefined ? { status } : { status, body: withNumbers(correspondence.json(body)) };
}

export function asReported({ place, expected, actual, because }: Difference): Difference {
  const [wanted, got] = [expected, actual].map((value) => (value === undefined ? undefined : withNumbers(value)));
  return difference(textWithNumbers(place), wanted, got, textWithNumbers(because));
}
