import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.js';
import { replayLine } from './replay-line.js';
import { quoted } from './shell.js';

describe('quoted', () => {
  const texts = ['plain', '$HOME `id` "x" \\ \\n', "it's", '{"a":"b\\"c"}', 'two\nlines', '$(reboot)', '!x', ''];

  it.each(texts)('gives %j back from a shell', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it('has the shell repeat what is repeated many times', () => {
    const text = `{"a": "${'b'.repeat(500)}${'['.repeat(2000)}${']'.repeat(2000)}"}`;
    expect(quoted(text).length).toBeLessThan(150);
    expect(execFileSync('sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' })).toBe(text);
  });

  it('puts variables in place of what they stand for, the longest first', () => {
    const variables = new Map([
      ['auth0|1', 'USER'],
      ['auth0|12', 'OTHER'],
    ]);
    const line = `USER=one; OTHER=two; printf %s ${quoted('a auth0|12 b auth0|1 c', variables)}`;
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe('a two b one c');
  });
});

describe('replayLine', () => {
  const evidence = { grade: 'recorded', source: 'test' } as const;
  const exchange = {
    request: { method: 'GET', path: '/', headers: {} },
    response: { status: 200, headers: {}, text: '' },
    durationMs: 0,
  };
  const finding: Finding = {
    check: 'afloat',
    family: 'limits',
    operations: ['berths.moor'],
    foundAt: 'berths.moor',
    fingerprint: 'x',
    code: 'AFLOAT',
    severity: 'failed',
    evidence,
    cause: '',
    expected: '',
    actual: '',
    exchange,
    before: [],
    after: [],
    setup: [],
  };

  it('names the one check, the seed and the path', () => {
    expect(replayLine({ ...finding, path: '3:1' }, { seed: 7, depth: 'standard' })).toBe(
      'rolecall verify --only berths.moor/afloat --seed 7 --path 3:1',
    );
  });

  it('repeats whatever else was given, quoted for a shell', () => {
    const contract = { spec: "my spec's.yaml", overlay: ['one.yaml', 'two.yaml'], allowRef: ['parts'] };
    const files = { fixtures: 'fixtures.json', tokens: 'tokens.json' };
    const options = { url: 'http://h:1', ...contract, ...files, audience: 'https://a/', seed: 7, depth: 'smoke' };
    expect(replayLine(finding, options)).toBe(
      "rolecall verify http://h:1 --spec 'my spec'\\''s.yaml' --overlay one.yaml --overlay two.yaml --allow-ref parts --fixtures fixtures.json --tokens tokens.json --audience https://a/ --only berths.moor/afloat --seed 7 --depth smoke",
    );
  });
});
