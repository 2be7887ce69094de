import { describe, expect, it } from 'vitest';
import { sampleReport } from '../test-support/sample-report.js';
import { parseReport } from './read-report.js';

function fault(value: unknown): string | undefined {
  try {
    parseReport(value, 'r.json');
    return undefined;
  } catch (error) {
    return /rolecall verify: (.*); expected a report\.json\.$/.exec(String(error))?.[1] ?? String(error);
  }
}

const [check, ...checks] = sampleReport.checks;
const [finding] = sampleReport.findings;

describe('parseReport', () => {
  it('takes a report as it is, also of a part', () => {
    expect(parseReport(sampleReport, 'r.json')).toBe(sampleReport);
    expect(fault({ ...sampleReport, shard: [2, 8] })).toBeUndefined();
  });

  it.each([
    { given: null, want: 'the document is null, not an object' },
    { given: [], want: 'the document is a list, not an object' },
    { given: {}, want: 'tool is missing, not an object' },
    {
      given: { ...sampleReport, verdict: 'green' },
      want: 'verdict is "green", not one of conforms, violates, inconclusive',
    },
    {
      given: { ...sampleReport, verdict: undefined },
      want: 'verdict is missing, not one of conforms, violates, inconclusive',
    },
    {
      given: { ...sampleReport, verdict: 'x'.repeat(99) },
      want: 'verdict is a string, not one of conforms, violates, inconclusive',
    },
    { given: { ...sampleReport, seed: 1.5 }, want: 'seed is 1.5, not a count' },
    { given: { ...sampleReport, facts: -1 }, want: 'facts is -1, not a count' },
    { given: { ...sampleReport, shard: [0, 2] }, want: 'shard is a list, not [i, n] with i from 1 to n' },
    { given: { ...sampleReport, shard: [3, 2] }, want: 'shard is a list, not [i, n] with i from 1 to n' },
    { given: { ...sampleReport, leftovers: [1] }, want: 'leftovers[0] is 1, not a string' },
    {
      given: { ...sampleReport, checks: [{ ...check, outcome: 'ok' }, ...checks] },
      want: 'checks[0].outcome is "ok", not one of passed, failed, warned, skipped, observed',
    },
    {
      given: { ...sampleReport, findings: [{ ...finding, request: { method: 'GET', url: '/', headers: { a: 1 } } }] },
      want: 'findings[0].request.headers.a is 1, not a string',
    },
    { given: JSON.parse(`{"__proto__": ${JSON.stringify(sampleReport)}}`), want: 'tool is missing, not an object' },
  ])('refuses: $want', ({ given, want }) => {
    expect(fault(given)).toBe(want);
  });
});
