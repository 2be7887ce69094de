import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Plan, PlannedCheck } from '../engine/plan/plan.js';
import { families } from '../finding/finding.js';
import { formatJunit } from './files/junit.js';
import { code, codeBlock } from './files/markdown.js';
import { formatSummary } from './files/summary-markdown.js';
import { escapeXml } from './files/xml.js';
import { counted, lastLine } from './last-line.js';
import { matrixOf } from './matrix.js';
import type { Report, ReportedCheck } from './report.js';
import { formatPlan, formatRehearsal, planDocument } from './terminal/plan-text.js';
import { formatText } from './terminal/text.js';
import { sampleReport } from './test-support/sample-report.js';

const [failure, warning] = sampleReport.findings;
if (failure === undefined || warning === undefined) throw new Error('The sample has two findings.');
const check = (operation: string, more: Partial<ReportedCheck>): ReportedCheck => ({
  id: 'afloat',
  family: 'limits',
  operation,
  outcome: 'passed',
  runs: 1,
  requests: 1,
  ...more,
});
const reportWith = (more: Partial<Report>): Report => ({
  ...sampleReport,
  findings: [],
  unchecked: [],
  leftovers: [],
  checks: [],
  ...more,
});
const textOf = (more: Partial<Report>, columns = Number.POSITIVE_INFINITY): readonly string[] =>
  formatText(reportWith(more), { colors: pc.createColors(false), columns, verbose: true }).split('\n');
/** The lines from this one to the next empty one. */
const section = (lines: readonly string[], title: string): readonly string[] => {
  const from = lines.indexOf(title);
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf('', from));
};

describe('a text for a terminal', () => {
  it('lists at most 40 operations, without those that were observed only', () => {
    const many = (count: number, outcome: ReportedCheck['outcome']) =>
      Array.from({ length: count }, (_, index) => check(`${outcome}${index}`, { outcome }));
    const checks = [...many(50, 'failed'), ...many(30, 'observed'), ...many(3, 'passed')];
    const lines = formatText(reportWith({ checks }), { colors: pc.createColors(false) }).split('\n');
    expect(lines.filter((line) => /^failed/.test(line))).toHaveLength(40);
    expect(lines.slice(41, 45)).toEqual([
      '  and 10 operations more (--verbose lists them)',
      '~ 30 operations with observations only',
      '✓ 3 operations passed',
      '✓ passed  ✗ failed  ! warned  ~ observed  – skipped',
    ]);
    expect(textOf({ checks }).filter((line) => /^(failed|observed|passed)\d/.test(line))).toHaveLength(83);
  });

  const rows = [check('berths.moor', {}), check('a', { family: 'status-and-shape', outcome: 'failed' })];

  it('names families whole where they fit, and short where they do not', () => {
    // 11 for the operation, 24 for the families, 2 between.
    expect(textOf({ checks: rows }, 37).slice(0, 3)).toEqual([
      'operation    status-and-shape  limits',
      'berths.moor                    ✓',
      'a            ✗',
    ]);
    expect(textOf({ checks: rows }, 36).slice(0, 3)).toEqual([
      'operation     shape  limit',
      'berths.moor          ✓',
      'a             ✗',
    ]);
    const every = families.map((family) => check('x', { family }));
    expect(textOf({ checks: every }, 20)[0]).toBe(
      'operation     shape  input  auth  scope  limit  state  proto  client',
    );
  });

  it('cuts the start of long names of operations, where the terminal is narrow', () => {
    const long = `${'x'.repeat(30)}.create`;
    expect(textOf({ checks: [check(long, { family: 'status-and-shape' })] }, 40).slice(0, 2)).toEqual([
      `operation${' '.repeat(23)}  shape`,
      `…${long.slice(-31)}  ✓`,
    ]);
    expect(textOf({ checks: [check(long, {})] }, 10)[1]).toBe(`…${long.slice(-11)}  ✓`);
  });

  it.each([
    ['failed', 'warned', '✗'],
    ['observed', 'warned', '!'],
    ['observed', 'passed', '~'],
    ['skipped', 'passed', '✓'],
    ['skipped', 'skipped', '–'],
  ] as const)('shows of %s and %s the worse: %s', (one, other, mark) => {
    const both = [check('a', { outcome: one }), check('a', { outcome: other })];
    expect(textOf({ checks: both })[1]).toBe(`a          ${mark}`);
    expect(textOf({ checks: [...both].reverse() })[1]).toBe(`a          ${mark}`);
  });

  it('lists what was observed: findings with their grade, then notes', () => {
    const observed = { ...warning, severity: 'observed' as const, operations: ['b', 'c'] };
    const lines = textOf({
      findings: [observed],
      checks: [check('a', { outcome: 'observed', reason: 'a note' }), check('d', { outcome: 'observed' })],
    });
    expect(section(lines, 'Observed, where the contract is not certain')).toEqual([
      '  b and 1 more: message of tide-out: Low tide, 100% out (reported)',
      '  a: a note',
    ]);
    expect(lines.some((line) => line.startsWith('! '))).toBe(false);
  });

  it('lists a note of several operations once, and none that an observed finding says', () => {
    const observed = { ...warning, severity: 'observed' as const };
    const note = (operation: string, reason: string) => check(operation, { outcome: 'observed', reason });
    const lines = textOf({
      findings: [observed],
      checks: [note('a', 'a note'), note('a', 'a note'), note('b', 'a note'), note('c', observed.cause)],
    });
    expect(section(lines, 'Observed, where the contract is not certain').slice(1)).toEqual(['  a, b: a note']);
  });

  it('groups what was not checked by reason, the most frequent first, and names three', () => {
    const fact = (operation: string, reason: string) => ({ operation, what: '404', reason });
    const unchecked = [fact('x', 'rare'), ...['a', 'b', 'c', 'd', 'e'].map((name) => fact(name, 'frequent'))];
    expect(
      section(textOf({ unchecked, facts: 9 }), 'Not checked: 6 of 9 documented answers, scope alternatives and limits'),
    ).toEqual(['  a 404, b 404, c 404 and 2 more: frequent', '  x 404: rare']);
  });

  it('groups skipped checks by reason', () => {
    const skip = (operation: string, reason?: string) =>
      check(operation, { outcome: 'skipped', ...(reason === undefined ? {} : { reason }) });
    const lines = textOf({ checks: [skip('a', 'no token'), skip('b'), skip('c', 'no token'), check('d', {})] });
    expect(section(lines, 'Skipped: 3 checks')).toEqual(['  a/afloat, c/afloat: no token', '  b/afloat: no reason']);
    expect(section(textOf({ checks: ['a', 'b', 'c'].map((name) => skip(name, 'x')) }), 'Skipped: 3 checks')).toEqual([
      '  a/afloat, b/afloat, c/afloat: x',
    ]);
  });

  it.each([
    ['reasons', 'Inconclusive, because', 12],
    ['leftovers', 'Left behind at the target, please remove', 50],
  ] as const)('cuts long lists: %s', (name, title, most) => {
    const entries = Array.from({ length: most + 2 }, (_, index) => `entry-${index} one`);
    const shown = entries.slice(0, most).map((entry) => `  ${entry}`);
    const verdict = 'inconclusive';
    expect(section(textOf({ [name]: entries.slice(0, most), verdict }), title)).toEqual(shown);
    expect(section(textOf({ [name]: entries, verdict }), title)).toEqual([
      ...shown,
      '  and 2 more, see report.json (--report DIR)',
    ]);
    expect(textOf({ [name]: [] })).not.toContain(title);
  });

  it('says why a run that found something ended early', () => {
    const reasons = ['The token was lost.'];
    expect(section(textOf({ reasons, verdict: 'violates' }), 'Incomplete, because')).toEqual(['  The token was lost.']);
  });

  it('indents every line of the commands', () => {
    const lines = textOf({ findings: [{ ...failure, curl: 'one\ntwo' }] });
    expect(lines.filter((line) => /(one|two)$/.test(line))).toEqual(['  curl      one', '            two']);
  });

  it.each([
    ['conforms', pc.createColors(true).green],
    ['violates', pc.createColors(true).red],
    ['inconclusive', pc.createColors(true).yellow],
  ] as const)('paints the verdict: %s', (verdict, paint) => {
    const report = reportWith({ verdict });
    expect(formatText(report, { colors: pc.createColors(true) })).toContain(paint(lastLine(report)));
  });

  it('paints each outcome and each severity', () => {
    const colors = pc.createColors(true);
    const outcomes = ['passed', 'failed', 'warned', 'observed', 'skipped'] as const;
    const text = formatText(
      reportWith({ checks: outcomes.map((outcome) => check(outcome, { outcome })), findings: [failure, warning] }),
      { colors, verbose: true },
    );
    for (const mark of [colors.green('✓'), colors.red('✗'), colors.yellow('!'), colors.cyan('~'), colors.dim('–')])
      expect(text).toContain(mark);
    expect(text).toContain(colors.red('✗ berths.moor: status 200 instead of 204'));
    expect(text).toContain(colors.yellow('! berths.list: message of tide-out'));
  });
});

describe('the last line', () => {
  it('counts observations apart, and skipped checks not at all', () => {
    const observed = { ...warning, severity: 'observed' as const };
    const summary = { ...sampleReport.summary, operations: 1, checks: 3, skipped: 2, requests: 1, durationMs: 50 };
    expect(lastLine(reportWith({ findings: [failure, observed], summary, verdict: 'violates' }))).toBe(
      'violates: 1 operation · 1 check · 1 request · 1 finding · 1 observation · 0.1 s · http://127.0.0.1:4000 · seed 7 · depth standard',
    );
    expect(counted(0, 'check')).toBe('0 checks');
  });
});

describe('a matrix', () => {
  it('has the families that were checked, in their own order', () => {
    const { families: used, rows } = matrixOf({
      findings: [],
      checks: [check('a', { family: 'client' }), check('b', { family: 'input' })],
    });
    expect(used).toEqual(['input', 'client']);
    expect(rows).toEqual([
      { operation: 'a', cells: { client: 'passed' } },
      { operation: 'b', cells: { input: 'passed' } },
    ]);
  });
});

describe('JUnit', () => {
  const cases = (more: Partial<Report>): string => formatJunit(reportWith(more));

  it('of a run without checks is an error, since zero failures would be a success', () => {
    expect(cases({ reasons: ['No <answer>.', 'No check was run.'] })).toContain(
      `  <testsuite name="rolecall verify" tests="1" errors="1">
    <testcase classname="rolecall verify" name="begins">
      <error message="No &#60;answer&#62;. No check was run."/>
    </testcase>
  </testsuite>`,
    );
    expect(cases({ checks: [check('a', {})] })).not.toContain('errors=');
  });

  it('shows what a passed check did not try, and a failure without a finding', () => {
    expect(cases({ checks: [check('a', { reason: 'not tried: b' })] })).toContain(
      '<system-out>not tried: b</system-out>',
    );
    expect(cases({ checks: [check('a', { outcome: 'failed' })] })).toContain(
      '<failure type="failed" message="failed"></failure>',
    );
    expect(cases({ checks: [check('a', { outcome: 'skipped' })] })).toContain('<skipped message=""/>');
  });

  it('separates the findings of one check', () => {
    const findings = [failure.fingerprint, warning.fingerprint];
    expect(cases({ findings: [failure, warning], checks: [check('a', { outcome: 'failed', findings })] })).toContain(
      `${escapeXml(failure.curl)}\n\n${warning.cause}\n`,
    );
  });
});

describe('Markdown', () => {
  it.each([
    ['plain', '`plain`'],
    ['  two\n\tlines ', '`two lines`'],
    ['', ''],
    [' \n', ''],
    ['a`b', '``a`b``'],
    ['`a``b', '``` `a``b ```'],
    ['a`', '`` a` ``'],
    ['a|b|c', '`a\\|b\\|c`'],
  ])('%j as code is %s', (text, want) => {
    expect(code(text)).toBe(want);
  });

  it('fences a block with more backticks than it has in a row', () => {
    expect(codeBlock('a', 'sh')).toBe('```sh\na\n```');
    expect(codeBlock('a ``` b', 'sh')).toBe('````sh\na ``` b\n````');
  });

  it('lists reasons, and neither observations as findings nor empty sections', () => {
    const observed = { ...warning, severity: 'observed' as const };
    const text = formatSummary(
      reportWith({
        reasons: ['one', 'two'],
        findings: [observed],
        checks: [
          ...['a', 'c', 'd', 'e'].map((operation) => check(operation, { outcome: 'skipped' })),
          check('b', { outcome: 'observed', reason: 'a note' }),
        ],
      }),
    );
    expect(text).toContain('\n\n> Incomplete: `one`\n\n> Incomplete: `two`\n');
    expect(text).not.toContain('message of tide-out');
    expect(text).toContain('- `a/afloat, c/afloat, d/afloat and 1 more`: `no reason`\n');
    expect(text).toContain('- `b`: `a note`\n');
    expect(text).not.toMatch(/Not checked|Left behind/);
  });
});

describe('a plan', () => {
  const planned = (operation: string, more: Partial<PlannedCheck> = {}): PlannedCheck =>
    ({
      operation: { id: operation },
      check: { id: 'afloat', family: 'limits', title: 'It floats' },
      requests: 3,
      scopes: [],
      fixtures: [],
      ...more,
    }) as unknown as PlannedCheck;
  const plan = (...checks: readonly PlannedCheck[]): Plan =>
    ({ depth: 'smoke', checks, contract: { resources: new Map() } }) as unknown as Plan;

  it('as text has what each check needs, and totals', () => {
    const text = formatPlan(
      plan(
        planned('berths.moor', { requests: 1200, scopes: [['read', 'moor'], ['all']], fixtures: ['berth', 'ship'] }),
        planned('b'),
        planned('b', { requests: 0 }),
        planned('c', { scopes: [[], [], ['all']] }),
        planned('d', { scopes: [['all'], ['all']] }),
      ),
    );
    expect(text.split('\n')).toEqual([
      'check               requests  scopes (fixtures)',
      'berths.moor/afloat      1200  read moor | all  (berth, ship)',
      'b/afloat                   3  no token',
      'b/afloat                   0  no token',
      'c/afloat                   3  any token',
      'd/afloat                   3  all',
      '',
      'smoke: 4 operations · 5 checks · about 1,211 requests, 2 of them for fixtures and tokens',
      '',
    ]);
    expect(formatPlan(plan())).toBe(
      'check  requests  scopes (fixtures)\n\nsmoke: 0 operations · 0 checks · about 2 requests, 2 of them for fixtures and tokens\n',
    );
  });

  it('as JSON names the same', () => {
    const given = plan(planned('a', { scopes: [['read']], fixtures: ['berth'] }), planned('b'));
    const sent = { method: 'GET', route: '/a', purpose: 'check', count: 3, scopes: [['read']] } as const;
    const notes = ['About 6 requests, in about 3 seconds with plan free.'];
    expect(formatRehearsal({ requests: [sent], notes })).toBe(
      'Checks: 3 requests\n      3 × GET     /a  read\n\nAbout 6 requests, in about 3 seconds with plan free.\n3 requests to a target that keeps the contract; findings take more\n',
    );
    expect(planDocument(given, { requests: [sent], notes })).toEqual({
      depth: 'smoke',
      sent: [sent],
      notes,
      requests: 6,
      checks: [
        {
          id: 'afloat',
          family: 'limits',
          title: 'It floats',
          operation: 'a',
          requests: 3,
          scopes: [['read']],
          fixtures: ['berth'],
        },
        { id: 'afloat', family: 'limits', title: 'It floats', operation: 'b', requests: 3, scopes: [], fixtures: [] },
      ],
    });
  });
});
