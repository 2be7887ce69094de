import { expect, it } from 'vitest';
import { harFaults, sarifFaults } from '../../../test-support/report-schemas.js';
import { Redactor } from '../../redaction/redact.js';
import { sampleReport } from '../test-support/sample-report.js';
import { HarLog } from './har.js';
import { formatSarif } from './sarif.js';

it('a HAR is valid by the schema of HAR 1.2, also with a body and without an answer', () => {
  const log = new HarLog(() => Date.UTC(2026, 10, 28));
  const request = {
    method: 'POST',
    path: '/berths?page=1',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  };
  const response = { status: 201, headers: { 'content-type': 'application/json' }, text: '{"ok":true}' };
  log.take({ kind: 'requested', exchange: { request, response, durationMs: 5 }, purpose: 'check' });
  const unanswered = { request: { ...request, method: 'GET' }, response: { status: 0, headers: {}, text: '' } };
  log.take({ kind: 'unanswered', reason: 'reset', exchange: { ...unanswered, durationMs: 1 }, purpose: 'check' });
  const creator = { name: 'rolecall', version: '1' };
  const document = JSON.parse(log.format({ url: 'http://h:1', creator, redactor: new Redactor() }));
  expect(harFaults(document)).toEqual([]);
  expect(harFaults({ log: { ...document.log, entries: [{}] } })).not.toEqual([]);
});

it('SARIF is valid by the schema of SARIF 2.1.0, with findings, without any, and with accepted ones', () => {
  const [first] = sampleReport.findings;
  const entry = { fingerprint: first?.fingerprint ?? '', reason: 'known', until: '2027-01-31' };
  const baseline = { accepted: [entry], expired: [], gone: [] };
  for (const report of [sampleReport, { ...sampleReport, findings: [] }, { ...sampleReport, baseline }])
    expect(sarifFaults(JSON.parse(formatSarif(report, 'spec/openapi.yaml')))).toEqual([]);
  expect(sarifFaults({ version: '2.1.0', runs: [{}] })).not.toEqual([]);
});
