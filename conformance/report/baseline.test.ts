import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/table.js';
import { type AcceptedFinding, applyBaseline, readBaseline } from './baseline.js';
import { formatAnnotations } from './files/annotations.js';
import { formatJunit } from './files/junit.js';
import { formatSarif } from './files/sarif.js';
import { formatSummary } from './files/summary-markdown.js';
import { formatHtml } from './html/report-html.js';
import { lastLine } from './last-line.js';
import { shownOutcomes } from './matrix.js';
import { mergeReports } from './merge.js';
import type { Report, ReportedFinding } from './report.js';
import { formatText } from './terminal/text.js';
import { sampleReport } from './test-support/sample-report.js';

const folder = await mkdtemp(join(tmpdir(), 'rolecall-baseline-'));
afterAll(() => rm(folder, { recursive: true }));

const [failure] = sampleReport.findings;
if (failure === undefined) throw new Error('The sample has a finding.');
const entry = (more: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  fingerprint: failure.fingerprint,
  reason: 'mended in spring',
  until: '2027-01-31',
  ...more,
});
const today = '2026-11-28';

describe('a baseline', () => {
  it.each([
    { name: 'accepts a finding until its day', entry: entry({ until: today }), want: 'accepted' },
    { name: 'does not accept it later', entry: entry({ until: '2026-11-27' }), want: 'expired' },
    { name: 'says which findings are gone', entry: entry({ fingerprint: '000000000000' }), want: 'gone' },
  ] as const)('$name', ({ entry: given, want }) => {
    const result = applyBaseline(sampleReport.findings, { accepted: [given], today });
    const nothing = { accepted: [], expired: [], gone: [] };
    expect(result).toEqual({ ...nothing, [want]: [given] });
  });

  it('decides the verdict of merged parts', () => {
    const part = (index: number): Report => ({
      ...sampleReport,
      shard: [index, 2],
      order: ['berths.moor', 'berths.list'],
    });
    const parts = [part(1), part(2)];
    const [found] = mergeReports(parts, checks).findings;
    const accepted = [entry({ fingerprint: found?.fingerprint ?? '' })];
    expect(mergeReports(parts, checks).verdict).toBe('violates');
    expect(mergeReports(parts, checks, { accepted, today }).verdict).toBe('conforms');
    expect(mergeReports(parts, checks, { accepted, today: '2027-02-01' }).verdict).toBe('violates');
  });

  it('is shown: accepted findings as lines, not as findings', () => {
    const baseline = { accepted: [entry()], expired: [], gone: [entry({ fingerprint: '0' })] };
    const text = formatText({ ...sampleReport, baseline }, { colors: pc.createColors(false) });
    expect(text).toContain('Accepted by the baseline\n  abcdef012345 until 2027-01-31: mended in spring');
    expect(text).toContain('No longer found, remove from the baseline\n  0 until');
    expect(text).not.toContain('✗ berths.moor');
    expect(lastLine({ ...sampleReport, baseline })).toContain('· 1 finding · 1 accepted ·');
  });

  it.each([
    { given: '[]', want: 'no list "accepted"' },
    { given: '{"accepted": [{}]}', want: 'entry 0 has no "until"' },
    { given: '{"accepted": [{"until": "soon"}]}', want: '"until" of entry 0 is "soon", not a day' },
    { given: '{"accepted": [{"until": "2027-02-30"}]}', want: '"until" of entry 0 is "2027-02-30", not a day' },
    { given: '{"accepted": [{"until": "2027-01-31", "fingerprint": "a"}]}', want: 'entry 0 has no "reason"' },
  ])('is refused: $given', async ({ given, want }) => {
    const file = join(folder, 'baseline.json');
    await writeFile(file, given);
    await expect(readBaseline(file, today)).rejects.toThrow(want);
  });
});

describe('what the baseline accepts', () => {
  const baseline = { accepted: [entry()], expired: [], gone: [] };
  const report: Report = { ...sampleReport, baseline };

  it('is skipped in junit.xml, as long as all that fails is accepted', () => {
    const xml = formatJunit(report);
    expect(xml).toContain('<testsuites name="rolecall verify http://127.0.0.1:4000" tests="5" failures="0"');
    expect(xml).toContain('<testsuite name="berths.moor" tests="3" failures="0" skipped="2"');
    expect(xml).toContain(
      '<skipped type="WRONG_STATUS abcdef012345" message="status 200 instead of 204: accepted by the baseline until 2027-01-31: mended in spring"/>',
    );
    const another = { ...failure, fingerprint: 'ffffffffffff' };
    const [check, ...others] = sampleReport.checks;
    if (check === undefined) throw new Error('The sample has a check.');
    const checks = [{ ...check, findings: [failure.fingerprint, another.fingerprint] }, ...others];
    const both = formatJunit({ ...report, checks, findings: [...sampleReport.findings, another] });
    expect(both).toContain('<testsuite name="berths.moor" tests="3" failures="1" skipped="1"');
    expect(both).toContain('<failure type="WRONG_STATUS abcdef012345"');
  });

  it('is no annotation of GitHub Actions', () => {
    expect(formatAnnotations(sampleReport)).toMatch(/^::error .*\n::warning /);
    expect(formatAnnotations(report)).toMatch(/^::warning /);
  });

  it('is a line of summary.md', () => {
    const summary = formatSummary(report);
    expect(summary).toContain('<summary>Accepted by the baseline</summary>\n\n- `abcdef012345` until `2027-01-31`');
    expect(summary).not.toContain('## ✗');
    expect(formatSummary(sampleReport)).toContain('## ✗');
  });

  it('says so in report.html', () => {
    const html = formatHtml(report);
    expect(html).toContain('<h2 id="findings">Findings: 1, accepted: 1');
    expect(html).toContain('Accepted by the baseline until 2027-01-31: mended in spring');
  });

  it('is no failure in a matrix, nor in report.html', () => {
    const text = formatText(report, { colors: pc.createColors(false) });
    expect(text).toContain('= accepted');
    expect(`${text}${formatSummary(report)}`).not.toMatch(/✗(?! failed)/);
    const html = formatHtml(report);
    expect(html).toContain('<span class="badge accepted">= accepted</span>');
    expect(html).not.toMatch(/class="(badge )?failed"[^>]*>✗(?!<\/span>failed)/);
    expect(html).not.toContain('<article id="finding-abcdef012345" class="failed"');
    expect(formatText(sampleReport, { colors: pc.createColors(false) })).not.toContain('accepted');
  });

  it('leaves a warning of the same check, and a finding that is new', () => {
    const [check] = sampleReport.checks;
    if (check === undefined) throw new Error('The sample has a check.');
    const shownFor = (other: Partial<ReportedFinding>) =>
      shownOutcomes({ findings: [failure, { ...failure, fingerprint: 'ffffffffffff', ...other }], baseline })({
        ...check,
        findings: [failure.fingerprint, 'ffffffffffff'],
      });
    expect(shownFor({ severity: 'observed' })).toBe('accepted');
    expect(shownFor({ severity: 'warned' })).toBe('warned');
    expect(shownFor({})).toBe('failed');
  });

  it('counts at operations that the entry does not name, and each report says where', () => {
    const operations = ['berths.moor', 'berths.list'];
    const grown = { ...failure, operations, fingerprints: [failure.fingerprint, '111111111111'] };
    const found: Report = {
      ...sampleReport,
      findings: [grown],
      baseline: { ...baseline, accepted: [entry({ includes: ['222222222222'] })] },
    };
    expect(lastLine(found)).toContain('· 1 finding ·');
    const text = formatText(found, { colors: pc.createColors(false) });
    expect(text).toContain('  new       the baseline does not know it at berths.list\n');
    expect(formatSummary(found)).toContain('New: the baseline does not know it at `berths.list`');
    expect(formatHtml(found)).toContain('New: the baseline does not know it at <code>berths.list</code>');
    expect(formatJunit(found)).toContain('<failure type="WRONG_STATUS abcdef012345"');
    expect(formatAnnotations(found)).toContain('::error');
    const [{ results }] = JSON.parse(formatSarif(found, 'spec/openapi.yaml')).runs;
    expect(results[0]).not.toHaveProperty('suppressions');
  });
});

describe('SARIF', () => {
  it('has a rule for each code, and a result for each finding', () => {
    const baseline = { accepted: [entry()], expired: [], gone: [] };
    const { version, runs } = JSON.parse(formatSarif({ ...sampleReport, baseline }, 'spec/openapi.yaml'));
    expect(version).toBe('2.1.0');
    const [{ tool, results }] = runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['WRONG_STATUS', 'ERROR_MESSAGE']);
    expect(results.map(({ level, ruleId }: Record<string, string>) => [level, ruleId])).toEqual([
      ['error', 'WRONG_STATUS'],
      ['warning', 'ERROR_MESSAGE'],
    ]);
    expect(results[0]).toMatchObject({
      partialFingerprints: { 'rolecall/v1': failure.fingerprint },
      suppressions: [{ kind: 'external', justification: 'mended in spring' }],
      locations: [{ physicalLocation: { artifactLocation: { uri: 'spec/openapi.yaml' }, region: { startLine: 1 } } }],
    });
    expect(results[0].message.text).toMatch(/^berths\.moor: status 200 instead of 204\nexpected 204\n/);
  });
});
