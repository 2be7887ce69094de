import { describe, expect, it } from 'vitest';
import { checks } from '../checks/table.js';
import { mergeReports } from './merge.js';
import type { Report, ReportedFinding } from './report.js';
import { sampleReport } from './test-support/sample-report.js';
import { NO_REASON } from './unchecked.js';

const [finding] = sampleReport.findings;

/** Part i of n, with what is given in place of the sample's. */
function part(index: number, count: number, more: Partial<Report> = {}): Report {
  return { ...sampleReport, verdict: 'conforms', findings: [], shard: [index, count], ...more };
}

function found(more: Partial<ReportedFinding>): ReportedFinding {
  if (finding === undefined) throw new Error('The sample has no finding.');
  return { ...finding, ...more };
}

function refusal(...reports: readonly Report[]): string {
  try {
    mergeReports(reports, checks);
    return 'merged';
  } catch (error) {
    return String(error);
  }
}

describe('mergeReports', () => {
  it('sums counts, and takes the longest time: parts run side by side', () => {
    const summary = { ...sampleReport.summary, durationMs: 9999 };
    const merged = mergeReports([part(1, 2), part(2, 2, { summary })], checks).summary;
    expect(merged).toEqual({
      operations: 2,
      checks: 10,
      passed: 2,
      failed: 2,
      warned: 2,
      skipped: 2,
      observed: 2,
      requests: 2468,
      durationMs: 9999,
    });
  });

  it('sums coverage by operation, status and errorCode', () => {
    const hit = (errorCode: string | undefined, hits: number) => ({
      operation: 'berths.list',
      status: 400,
      ...(errorCode === undefined ? {} : { errorCode }),
      hits,
    });
    const merged = mergeReports(
      [
        part(1, 3, { coverage: [hit('tide', 3), hit(undefined, 1)] }),
        part(2, 3, { coverage: [hit('tide', 4)] }),
        part(3, 3, { coverage: [hit('wind', 5), hit(undefined, 6)] }),
      ],
      checks,
    );
    expect(merged.coverage).toEqual([hit(undefined, 7), hit('tide', 7), hit('wind', 5)]);
  });

  it('counts a fact as unchecked where no part checked it, with the reason of the part that tried', () => {
    const fact = (what: string, reason: string) => ({ operation: 'berths.list', what, reason });
    const merged = mergeReports(
      [
        part(1, 2, { unchecked: [fact('404', NO_REASON), fact('409', NO_REASON)] }),
        part(2, 2, { unchecked: [fact('404', 'The budget is used up.')] }),
      ],
      checks,
    );
    expect(merged.unchecked).toEqual([fact('404', 'The budget is used up.')]);
  });

  it('merges findings of one cause, with the operations of all', () => {
    const merged = mergeReports(
      [
        part(1, 2, {
          verdict: 'violates',
          order: ['berths.moor', 'berths.list', 'zoo'],
          findings: [found({ operations: ['zoo'] }), found({ operations: ['berths.moor'] })],
        }),
        part(2, 2, {
          verdict: 'violates',
          findings: [found({ operations: ['berths.list'] }), found({ cause: 'another' })],
        }),
      ],
      checks,
    );
    expect(merged.findings.map(({ cause, operations }) => [cause, ...operations])).toEqual([
      [finding?.cause, 'berths.moor', 'berths.list', 'zoo'],
      ['another', 'berths.moor'],
    ]);
  });

  it.each([
    { verdicts: ['conforms', 'conforms'], want: 'conforms' },
    { verdicts: ['conforms', 'inconclusive'], want: 'inconclusive' },
    { verdicts: ['inconclusive', 'violates'], want: 'violates' },
  ] as const)('of $verdicts: $want', ({ verdicts, want }) => {
    const reports = verdicts.map((verdict, index) => part(index + 1, verdicts.length, { verdict }));
    expect(mergeReports(reports, checks).verdict).toBe(want);
  });

  it('violates where a finding failed, whatever the verdicts are', () => {
    expect(mergeReports([part(1, 2), part(2, 2, { findings: [found({})] })], checks).verdict).toBe('violates');
  });

  it('does not count a part without checks, unless no part has any', () => {
    const empty = { checks: [], verdict: 'inconclusive', reasons: ['No check was run.'] } as const;
    expect(mergeReports([part(1, 2), part(2, 2, empty)], checks)).toMatchObject({ verdict: 'conforms', reasons: [] });
    expect(mergeReports([part(1, 1, empty)], checks)).toMatchObject({
      verdict: 'inconclusive',
      reasons: empty.reasons,
    });
  });

  it('lists what every part left behind', () => {
    const merged = mergeReports(
      [part(1, 2, { leftovers: ['berth 1'] }), part(2, 2, { leftovers: ['berth 2'] })],
      checks,
    );
    expect(merged.leftovers).toEqual(['berth 1', 'berth 2']);
    expect(merged).not.toHaveProperty('shard');
  });

  it.each([
    { name: 'no report', reports: [], want: /no report to merge/ },
    { name: 'a whole run', reports: [sampleReport], want: /is of a whole run, not of a part/ },
    { name: 'a missing part', reports: [part(1, 3), part(3, 3)], want: /Part 2\/3 is missing: pass its report\.json/ },
    {
      name: 'many missing parts',
      reports: [part(1, 9)],
      want: /Parts 2\/9, 3\/9, 4\/9, 5\/9, 6\/9 and more are missing/,
    },
    { name: 'a part twice', reports: [part(1, 2), part(1, 2)], want: /part 1 of 2, which was passed before/ },
    { name: 'another division', reports: [part(1, 2), part(2, 3)], want: /part 2 of 3, but the first .* part of 2/ },
    {
      name: 'another depth',
      reports: [part(1, 2), part(2, 2, { depth: 'smoke' })],
      want: /depth "standard" and "smoke"/,
    },
    { name: 'another target', reports: [part(1, 2), part(2, 2, { target: 'x' })], want: /"http:.*" and "x" are not/ },
  ])('refuses $name', ({ reports, want }) => {
    expect(refusal(...reports)).toMatch(want);
  });
});
