import type { Redactor } from '../../conformance/redaction/redact.js';
import type { Json } from '../../contract/contract.js';
import type { Difference } from '../compare/difference.js';
import type { ReportedAnswer } from '../recorded/exchange-result.js';
import type { Mismatch, RecordingReport, ReplayReport, Unjudged } from './replay-report.js';

/**
 * A report with secrets masked in every text from a recording or a target. Numbers and the names of the report's own
 * properties stay, whatever a recording calls a secret.
 */
export function maskedReport(report: ReplayReport, redactor: Redactor): ReplayReport {
  const mask = (text: string): string => redactor.redact(text);
  const unjudged = ({ exchange, request, reason }: Unjudged): Unjudged => ({
    exchange,
    request: mask(request),
    reason: mask(reason),
  });
  const recording = (given: RecordingReport): RecordingReport => ({
    ...given,
    file: mask(given.file),
    recording: mask(given.recording),
    mismatches: given.mismatches.map((mismatch) => maskedMismatch(mismatch, mask)),
    assumes: given.assumes.map(unjudged),
    notInContract: given.notInContract.map(unjudged),
  });
  return {
    ...report,
    target: mask(report.target),
    recordings: report.recordings.map(recording),
    left: report.left.map(mask),
  };
}

type Mask = (text: string) => string;

function maskedMismatch({ request, expected, actual, differences, ...rest }: Mismatch, mask: Mask): Mismatch {
  return {
    ...rest,
    request: mask(request),
    expected: maskedAnswer(expected, mask),
    actual: actual === null ? null : maskedAnswer(actual, mask),
    differences: differences.map((each) => maskedDifference(each, mask)),
  };
}

function maskedAnswer({ body, ...rest }: ReportedAnswer, mask: Mask): ReportedAnswer {
  return body === undefined ? rest : { ...rest, body: maskedValue(body, mask) };
}

function maskedDifference({ place, expected, actual, because }: Difference, mask: Mask): Difference {
  return {
    place: mask(place),
    ...(expected === undefined ? {} : { expected: maskedValue(expected, mask) }),
    ...(actual === undefined ? {} : { actual: maskedValue(actual, mask) }),
    because: mask(because),
  };
}

/** A JSON value with its texts and the names of its properties masked. */
function maskedValue(value: Json, mask: Mask): Json {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((entry: Json) => maskedValue(entry, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [mask(name), maskedValue(entry, mask)]));
}
