import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnosable, DiagnosedRun } from '../diagnosis/diagnosable.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { acceptanceIn, applyBaseline, newOperations, readBaseline } from '../report/baseline.js';
import { mapOutsideText } from '../report/outside-text.js';
import type { Report, ReportedFinding } from '../report/report.js';
import { sampleReport } from '../report/test-support/sample-report.js';
import { acceptFindings } from './accept-findings.js';
import { fingerprintOf } from './fingerprint.js';

const folder = await mkdtemp(join(tmpdir(), 'rolecall-accept-'));
afterAll(() => rm(folder, { recursive: true }));

const NOW = '2026-11-28';
const OPERATIONS = ['berths.list', 'berths.moor', 'berths.read', 'berths.leave'];
let files = 0;
const newFile = () => join(folder, `${files++}.json`);

/** What a run found, after diagnosis: causes by operation. */
function foundIn(found: readonly (readonly [operation: string, cause: string])[], code: string): ReportedFinding[] {
  const [sample] = sampleReport.findings;
  if (sample === undefined) throw new Error('The sample has a finding.');
  const findings = found.map(([operation, cause]): ReportedFinding => {
    const fingerprint = fingerprintOf(cause, operation);
    return { ...sample, cause, code, operations: [operation], foundAt: operation, fingerprint };
  });
  const run: DiagnosedRun<Diagnosable & ReportedFinding> = {
    ...{ findings, results: [], operations: OPERATIONS, absent: [], readings: [], check: () => undefined },
    showing: (finding) => finding,
  };
  return [...diagnose(run).findings];
}

async function accepting(findings: readonly ReportedFinding[], baseline = newFile()): Promise<string> {
  const file = newFile();
  await writeFile(file, JSON.stringify({ ...sampleReport, findings } satisfies Report));
  await acceptFindings(file, { until: '2027-01-31', reason: 'release 5', baseline }, NOW);
  return baseline;
}

/** The operations of the findings that count, and at which of them a known one is new. */
async function counted(findings: readonly ReportedFinding[], baseline: string) {
  const applied = applyBaseline(findings, await readBaseline(baseline, NOW));
  return findings
    .filter((finding) => acceptanceIn(applied)(finding) === undefined)
    .map((finding) => ({ at: finding.operations, fresh: newOperations(finding, applied) }));
}

const noBody = 'accepted although there is no body';
const violates = 'accepted although body violates additionalProperties';
const isList = 'accepted although the body is a list';
const ACCEPTED = 'WRONGLY_ACCEPTED';

describe('rolecall baseline', () => {
  it('accepts what the report found, and the same cause nowhere else', async () => {
    const known = foundIn(
      [
        ['berths.moor', 'content type'],
        ['berths.read', 'content type'],
      ],
      'CONTENT_TYPE',
    );
    const baseline = await accepting(known);
    expect(await counted(known, baseline)).toEqual([]);
    const grown = foundIn(
      ['berths.list', 'berths.moor', 'berths.read'].map((operation) => [operation, 'content type'] as const),
      'CONTENT_TYPE',
    );
    expect(await counted(grown, baseline)).toEqual([
      { at: ['berths.list', 'berths.moor', 'berths.read'], fresh: ['berths.list'] },
    ]);
  });

  it('accepts what is left of a finding after its first operation was fixed', async () => {
    const baseline = await accepting(
      foundIn(
        [
          ['berths.moor', 'content type'],
          ['berths.read', 'content type'],
        ],
        'CONTENT_TYPE',
      ),
    );
    expect(await counted(foundIn([['berths.read', 'content type']], 'CONTENT_TYPE'), baseline)).toEqual([]);
  });

  it('accepts single causes that were one finding, and another one of them at the same operations', async () => {
    const all = foundIn(
      [
        ['berths.moor', noBody],
        ['berths.moor', violates],
        ['berths.read', isList],
      ],
      ACCEPTED,
    );
    expect(all).toHaveLength(1);
    const baseline = await accepting(all);
    expect(await counted(foundIn([['berths.moor', violates]], ACCEPTED), baseline)).toEqual([]);
    expect(await counted(foundIn([['berths.leave', violates]], ACCEPTED), baseline)).toEqual([
      { at: ['berths.leave'], fresh: [] },
    ]);
    const others = foundIn(
      [
        ['berths.moor', noBody],
        ['berths.moor', violates],
        ['berths.moor', isList],
      ],
      ACCEPTED,
    );
    expect(await counted(others, baseline)).toEqual([]);
  });

  it('keeps what is in the file, and replaces entries of the same finding', async () => {
    const [first, second] = foundIn(
      [
        ['berths.moor', 'content type'],
        ['berths.read', 'status 200'],
      ],
      'OTHER',
    );
    if (first === undefined || second === undefined) throw new Error('There are two causes.');
    const baseline = newFile();
    const other = { fingerprint: '0', reason: 'old', until: '2027-01-01', ticket: 17 };
    const expired = { fingerprint: first.fingerprint, reason: 'old', until: '2026-01-01' };
    await writeFile(baseline, JSON.stringify({ owner: 'crew', accepted: [other, expired] }));
    await accepting([first, second], baseline);
    const { owner, accepted } = JSON.parse(await readFile(baseline, 'utf8'));
    expect(owner).toBe('crew');
    expect(accepted).toEqual([
      other,
      expect.objectContaining({ fingerprint: first.fingerprint, until: '2027-01-31', reason: 'release 5' }),
      expect.objectContaining({ fingerprint: second.fingerprint, cause: 'status 200', operations: ['berths.read'] }),
    ]);
  });

  it('knows each operation of a report that an earlier version wrote', async () => {
    const known = foundIn(
      [
        ['berths.moor', 'content type'],
        ['berths.read', 'content type'],
      ],
      'CONTENT_TYPE',
    );
    const earlier = ({ fingerprints: _fingerprints, ...finding }: ReportedFinding): ReportedFinding => finding;
    expect(await counted(known, await accepting(known.map(earlier)))).toEqual([]);
    const collapsed = foundIn(
      [
        ['berths.moor', noBody],
        ['berths.moor', violates],
        ['berths.read', isList],
      ],
      ACCEPTED,
    );
    await expect(accepting(collapsed.map(earlier))).rejects.toThrow('run verify again');
  });

  it('knows a long cause again, which the report cut', async () => {
    const causes = ['a', 'b', 'c'].map((end) => `accepted although body ${'/deep'.repeat(50)}/${end} violates type`);
    const all = foundIn(
      causes.map((cause) => ['berths.moor', cause] as const),
      ACCEPTED,
    );
    const cut = mapOutsideText(
      { ...sampleReport, findings: all },
      { line: (text, longest) => (text.length > longest ? `${text.slice(0, longest)}…` : text), lines: (text) => text },
    );
    const baseline = await accepting(cut.findings);
    expect(await counted(foundIn([['berths.moor', causes[1] ?? '']], ACCEPTED), baseline)).toEqual([]);
  });

  it('writes where a link leads, and lines of 80 columns', async () => {
    const [file, link, report] = [newFile(), newFile(), newFile()];
    await writeFile(file, '{"accepted": []}');
    await symlink(file, link);
    const findings = foundIn([['berths.moor', `no ${'words '.repeat(30)}at all`]], 'OTHER');
    await writeFile(report, JSON.stringify({ ...sampleReport, findings }));
    const said = await acceptFindings(report, { until: '2027-01-31', reason: 'release 5', baseline: link }, NOW);
    expect(JSON.parse(await readFile(file, 'utf8')).accepted).toHaveLength(1);
    expect(
      Math.max(
        ...said
          .split('\n')
          .slice(1)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('writes an empty file where nothing was found', async () => {
    expect(JSON.parse(await readFile(await accepting([]), 'utf8'))).toEqual({ accepted: [] });
  });

  it('does not touch a file that accepts all', async () => {
    const known = foundIn([['berths.moor', 'content type']], 'CONTENT_TYPE');
    const baseline = await accepting(known);
    const before = await readFile(baseline, 'utf8');
    await writeFile(baseline, before.replaceAll('\n', ' '));
    await accepting(known, baseline);
    expect(await readFile(baseline, 'utf8')).toBe(before.replaceAll('\n', ' '));
  });

  it.each([
    { options: { until: 'soon' }, want: '--until "soon" is not a day from today on; expected YYYY-MM-DD.' },
    { options: { until: '2026-11-27' }, want: '--until "2026-11-27" is not a day from today on' },
    { options: { until: '2027-02-30' }, want: '--until "2027-02-30" is not a day from today on' },
    { options: { reason: ' ' }, want: '--reason is empty; say why the findings are accepted.' },
    { report: { shard: [1, 2] }, want: 'is part 1 of 2 of a run; merge the parts first' },
    { baseline: '[]', want: 'no list "accepted"' },
    {
      baseline: '{"accepted": [{"fingerprint": "0", "reason": "r", "until": "2027-01-01", "includes": 1}]}',
      want: 'no list of texts',
    },
    { baseline: '{', want: 'nothing was written' },
  ])('is refused: $want', async ({ options = {}, report = {}, baseline: text, want }) => {
    const [file, baseline] = [newFile(), newFile()];
    await writeFile(file, JSON.stringify({ ...sampleReport, ...report }));
    if (text !== undefined) await writeFile(baseline, text);
    const accept = acceptFindings(file, { until: '2027-01-31', reason: 'release 5', ...options, baseline }, NOW);
    await expect(accept).rejects.toThrow(want);
    await expect(readFile(baseline, 'utf8').catch(() => undefined)).resolves.toBe(text);
  });
});
