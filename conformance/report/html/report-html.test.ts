import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Report, ScopeAttempt } from '../report.js';
import { sampleReport } from '../test-support/sample-report.js';
import { formatHtml } from './report-html.js';
import { scopeSection } from './scope-matrix.js';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&\u001b[31m\u202e<!--`;

/** A report whose every text from outside is hostile. */
const hostile: Report = {
  ...sampleReport,
  target: HOSTILE,
  reasons: [HOSTILE],
  leftovers: [HOSTILE],
  checks: sampleReport.checks.map((check) => ({ ...check, operation: HOSTILE, reason: HOSTILE })),
  findings: sampleReport.findings.map((finding) => ({
    ...finding,
    operations: [HOSTILE],
    cause: HOSTILE,
    expected: HOSTILE,
    actual: HOSTILE,
    source: HOSTILE,
    curl: HOSTILE,
    replay: HOSTILE,
    request: { method: HOSTILE, url: HOSTILE, headers: { [HOSTILE]: HOSTILE }, body: HOSTILE },
    response: { status: 200, headers: { [HOSTILE]: HOSTILE }, body: HOSTILE },
  })),
  unchecked: [{ operation: HOSTILE, what: HOSTILE, reason: HOSTILE }],
  coverage: [{ operation: HOSTILE, status: 200, errorCode: HOSTILE, hits: 1 }],
  scopes: [{ operation: HOSTILE, scopes: [HOSTILE], access: 'granted', allowed: true }],
};

describe('the page', () => {
  const page = formatHtml(sampleReport);

  it('shows verdict, findings, operations, coverage and notes', () => {
    expect(page).toContain('✗ Violates the contract');
    for (const { cause, fingerprint, code } of sampleReport.findings) {
      expect(page).toContain(`id="finding-${fingerprint}"`);
      expect(page).toContain(cause.replaceAll("'", '&#39;'));
      expect(page).toContain(code);
    }
    expect(page).toContain('aria-label="berths.moor, status-and-shape: failed"');
    for (const id of ['findings', 'operations', 'coverage', 'notes', 'comparison'])
      expect(page).toContain(`id="${id}"`);
  });

  it('names what was expected and received word by word', () => {
    const [finding] = sampleReport.findings;
    expect(page).toMatch(/<strong>expected<\/strong>[\s\S]*?<ins>/);
    expect(finding?.expected).not.toBe(finding?.actual);
  });

  it('allows no script but its own, and no network', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(page).not.toMatch(/(src|href)="(?!#)/);
  });

  it('makes text from outside harmless', () => {
    const text = formatHtml(hostile);
    const scripts = text.match(/<script/g);
    expect(scripts).toHaveLength(2);
    expect(text).not.toMatch(/<img|<!--/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(text.replaceAll(/<script type="application\/json"[\s\S]*?<\/script>/g, '')).not.toMatch(/[\u001b\u202e]/);
    const [, data = ''] = /id="data">([\s\S]*?)<\/script>/.exec(text) ?? [];
    expect(JSON.parse(data).checks[0][0]).toBe(HOSTILE);
  });

  it('stays below 4 MB with 10,000 checks', () => {
    const checks = Array.from({ length: 10_000 }, (_, index) => ({
      id: `check-${index % 8}`,
      family: 'state' as const,
      operation: `operation.${Math.floor(index / 8)}`,
      outcome: 'passed' as const,
      runs: 1,
      requests: 2,
    }));
    expect(formatHtml({ ...sampleReport, checks }).length).toBeLessThan(4_000_000);
  });
});

describe('the timeline', () => {
  it('is there when checks have times, with a dot where findings came', () => {
    expect(formatHtml(sampleReport)).not.toContain('id="timeline"');
    const checks = sampleReport.checks.map((check, index) => ({ ...check, startMs: index * 1000, durationMs: 900 }));
    const page = formatHtml({ ...sampleReport, checks });
    expect(page).toContain('id="timeline"');
    expect(page.match(/<circle /g)).toHaveLength(2);
  });
});

describe('the scope matrix', () => {
  const attempt = (scopes: string[], access: ScopeAttempt['access'], allowed: boolean): ScopeAttempt => ({
    operation: 'berths.moor',
    scopes,
    access,
    allowed,
  });
  const meanings = (attempts: readonly ScopeAttempt[]) =>
    [...scopeSection({ ...sampleReport, scopes: attempts }).matchAll(/title="([^"]+)"/g)].map(([, title]) => title);

  it.each([
    ['allowed alone', [attempt(['moor:any'], 'granted', true)], ['moor:any: alone is enough']],
    [
      'needed together',
      [attempt(['a', 'b'], 'granted', true), attempt(['a'], 'refused', false), attempt(['b'], 'refused', false)],
      ['a: is enough together with others', 'b: is enough together with others'],
    ],
    ['disputed', [attempt(['a'], 'disputed', true)], ['a: sources disagree']],
    ['wrongly refused', [attempt(['a'], 'granted', false)], ['a: differs from the contract']],
    [
      'wrongly allowed',
      [attempt(['a'], 'granted', true), attempt(['b'], 'disputed', false), attempt(['a', 'c'], 'refused', true)],
      ['a: alone is enough', 'b: sources disagree'],
    ],
    ['refused beside an allowed one', [attempt(['a'], 'granted', true)], ['a: alone is enough']],
  ] as const)('%s', (_, attempts, expected) => {
    expect(meanings(attempts)).toEqual(expected);
  });

  it('is left out where no scopes were tried', () => {
    expect(scopeSection(sampleReport)).toBe('');
  });
});
