import { expect, it } from 'vitest';
import type { CheckResult, RunEnd } from '../engine/event.js';
import type { PlannedCheck } from '../engine/plan/plan.js';
import type { Finding } from '../finding/finding.js';
import { judgeRun } from './verdict.js';

const end: RunEnd = { requests: 1, durationMs: 1, coverage: [], facts: new Map(), absent: [], leftovers: [] };
// Only the result is read, not the plan.
const planned = {} as PlannedCheck;
const passed: CheckResult = { planned, outcome: 'passed', runs: 1, requests: 1, notes: [], missed: [] };

function skipped(because: NonNullable<CheckResult['because']>): CheckResult {
  return { ...passed, outcome: 'skipped', because, reason: `for ${because}` };
}

function finding(severity: Finding['severity']): Finding {
  return { severity } as Finding;
}

it.each([
  { name: 'all passed', findings: [], results: [passed], want: 'conforms' },
  { name: 'a failure', findings: [finding('failed')], results: [passed, skipped('target')], want: 'violates' },
  { name: 'warnings alone', findings: [finding('warned')], results: [passed], want: 'conforms' },
  { name: 'observations alone', findings: [finding('observed')], results: [passed], want: 'conforms' },
  { name: 'nothing to try for one check', findings: [], results: [passed, skipped('contract')], want: 'conforms' },
  { name: 'too many requests for one check', findings: [], results: [passed, skipped('budget')], want: 'conforms' },
  { name: 'a target that let us down', findings: [], results: [passed, skipped('target')], want: 'inconclusive' },
  {
    name: 'credentials that do not suffice',
    findings: [],
    results: [passed, skipped('credentials')],
    want: 'inconclusive',
  },
  { name: '--max-requests', findings: [], results: [passed, skipped('max-requests')], want: 'inconclusive' },
  { name: '--timeout', findings: [], results: [passed, skipped('time')], want: 'inconclusive' },
  { name: 'Ctrl-C', findings: [], results: [passed, skipped('cancelled')], want: 'inconclusive' },
  { name: 'a check with a defect', findings: [], results: [passed, skipped('defect')], want: 'inconclusive' },
  { name: 'nothing but skips', findings: [], results: [skipped('contract')], want: 'inconclusive' },
  { name: 'an empty part of a plan', findings: [], results: [], want: 'inconclusive' },
] as const)('$name: $want', ({ findings, results, want }) => {
  expect(judgeRun(findings, results, { end }).verdict).toBe(want);
});

it('says why it is inconclusive, each reason once', () => {
  const results = [skipped('target'), skipped('target'), skipped('credentials'), passed];
  expect(judgeRun([], results, { end }).reasons).toEqual(['for target', 'for credentials']);
});
