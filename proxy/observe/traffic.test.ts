import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatText } from '../../conformance/report/terminal/text.js';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import { readRecordings } from '../../replay/read/read-recordings.js';
import { harFaults } from '../../test-support/report-schemas.js';
import { type Part, passed } from '../test-support/passed.js';
import { openTraffic, type TrafficSetup } from './open-traffic.js';
import type { Traffic } from './traffic.js';

let contract: Contract;
const folder = mkdtempSync(join(tmpdir(), 'rolecall-proxy-'));
beforeAll(async () => {
  contract = await defaultContract();
});
afterAll(() => rmSync(folder, { recursive: true }));

const TOKEN = (claims: object) =>
  [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    Buffer.from(JSON.stringify(claims)).toString('base64url'),
    'c2lnbmF0dXJl',
  ].join('.');
const token = TOKEN({ azp: 'client_1', aud: ['https://t.example/api/v2/'], scope: 'read:roles create:roles' });
const bearer: Part['fields'] = [['Authorization', `Bearer ${token}`]];
const role = { id: 'rol_9yRKwo2Bl0zckceV', name: 'Guide', description: 'Leads tours' };

function traffic(files: Partial<TrafficSetup> = {}): Traffic {
  const setup = { document: contract.document, tool: { name: 'rolecall', version: '1' }, target: 'https://t.example' };
  return openTraffic({ ...setup, ...files }, contract);
}

function reportOn(...exchanges: readonly Parameters<Traffic['take']>[0][]) {
  const one = traffic();
  for (const exchange of exchanges) one.take(exchange);
  return one.finish(1000).report;
}

const findingsOf = (report: ReturnType<typeof reportOn>) =>
  report.findings.map(({ code, cause, severity, operations }) => ({ code, cause, severity, operations }));

describe('judged traffic', () => {
  it('conforms where every answer is as documented, whatever its encoding', () => {
    const report = reportOn(
      passed('GET /api/v2/roles/rol_9yRKwo2Bl0zckceV', 200, {
        request: { fields: bearer },
        response: { body: role, gzip: true },
      }),
      passed('GET https://t.example/api/v2/roles', 200, { request: { fields: bearer }, response: { body: [role] } }),
    );
    expect(report).toMatchObject({ verdict: 'conforms', findings: [], traffic: { exchanges: 2, judged: 2 } });
    expect(report.coverage).toEqual([
      { operation: 'roles.list', status: 200, hits: 1 },
      { operation: 'roles.get', status: 200, hits: 1 },
    ]);
  });

  it.each([
    { name: 'status', status: 206, body: [role], code: 'WRONG_STATUS' },
    { name: 'body', status: 200, body: [{ ...role, name: 7 }], code: 'BODY_SCHEMA' },
    { name: 'text for JSON', status: 200, body: '<html>', code: 'CONTENT_TYPE' },
    { name: 'server error', status: 502, body: { error: 'x' }, code: 'SERVER_ERROR' },
    {
      name: 'errorCode',
      status: 403,
      body: { statusCode: 403, error: 'Forbidden', message: 'no', errorCode: 'nope' },
      code: 'ERROR_CODE',
    },
  ])('violates by its $name', ({ status, body, code }) => {
    const report = reportOn(passed('GET /api/v2/roles', status, { response: { body } }));
    expect(report.verdict).toBe('violates');
    expect(findingsOf(report)).toMatchObject([{ code, severity: 'failed', operations: ['roles.list'] }]);
  });

  it.each([null, false, 0, '"text"', '""'])('conforms where the answer is the JSON %j', (body) => {
    const content = { 'application/json': { schema: {} } };
    const fields: Part['fields'] = typeof body === 'string' ? [['Content-Type', 'application/json']] : [];
    const any = readContract({
      openapi: '3.1.0',
      info: { title: 'Any', version: '1' },
      paths: { '/any': { delete: { responses: { '200': { description: 'ok', content } } } } },
    });
    const setup = { document: any.document, tool: { name: 'rolecall', version: '1' }, target: 'https://t.example' };
    const one = openTraffic(setup, any);
    one.take(passed('DELETE /any', 200, { response: { body, fields } }));
    expect(one.finish(1000).report).toMatchObject({ verdict: 'conforms', findings: [] });
  });

  it('violates by a success of a request that the contract does not allow', () => {
    const report = reportOn(
      passed('POST /api/v2/users/auth0%7C1/roles', 204, {
        request: { fields: [...(bearer ?? []), ['Host', '127.0.0.1:1']], body: { roles: [] } },
      }),
    );
    expect(findingsOf(report)).toMatchObject([
      {
        code: 'WRONGLY_ACCEPTED',
        cause: 'accepted although request body/roles violates "must NOT have fewer than 1 items"',
      },
    ]);
    expect(report.findings[0]?.curl).not.toContain('host:');
    expect(report.findings[0]?.replay).toBe('rolecall proxy https://t.example --record traffic.json');
  });

  it('is reported once for each cause', () => {
    const wrong = passed('GET /api/v2/roles', 206, { response: { body: [role] } });
    const report = reportOn(wrong, wrong, wrong);
    expect(report.findings).toHaveLength(1);
    expect(report.checks.find(({ operation }) => operation === 'roles.list')).toMatchObject({
      id: 'traffic',
      outcome: 'failed',
      runs: 3,
      requests: 3,
    });
  });
});

describe('traffic that is not judged', () => {
  it('is counted by what it is', () => {
    const one = traffic();
    one.take(passed('GET /api/v2/roles', 200, { response: { body: [role] } }));
    one.take(passed('GET /userinfo?a=1', 200, {}));
    one.take(passed('GET /api/v2/roles?nope=1', 200, { response: { body: [role] } }));
    const large = passed('GET /api/v2/roles', 200, {});
    one.take({ ...large, response: { ...(large.response ?? never()), body: { size: 9_000_000 } } });
    const { response: _, ...unanswered } = passed('GET /api/v2/roles', 200, {});
    one.take({ ...unanswered, end: 'closed' });
    one.skip('not HTTP/1.1');
    const { report } = one.finish(1000);
    expect(report.traffic).toEqual({
      exchanges: 6,
      judged: 1,
      outside: [
        { what: 'GET /userinfo: no such operation', count: 1 },
        { what: 'GET /api/v2/roles: not declared: query nope', count: 1 },
      ],
      unread: [
        { what: 'no answer came', count: 1 },
        { what: 'not HTTP/1.1', count: 1 },
        { what: 'roles.list: a body is larger than --max-body', count: 1 },
      ],
    });
    const list = report.checks.find(({ operation }) => operation === 'roles.list');
    expect(list).toMatchObject({
      outcome: 'passed',
      reason: 'Not judged: 1 × a body is larger than --max-body.',
      runs: 1,
      requests: 2,
    });
    const plain = (text: string) => text;
    const colors = new Proxy({}, { get: () => plain }) as Parameters<typeof formatText>[1]['colors'];
    const text = formatText(report, { colors });
    expect(text).toContain('Outside the contract, not judged\n  1 × GET /userinfo: no such operation\n');
    expect(text).toContain('conforms: 1 operation · 1 check · 6 requests · 0 findings · ');
    expect(text).toContain('· https://t.example · passed traffic\n');
  });

  it('makes the verdict inconclusive where there is nothing else', () => {
    expect(reportOn()).toMatchObject({ verdict: 'inconclusive', reasons: ['Every check was skipped.'] });
  });

  it.each([
    { name: 'unknown encoding', fields: [['content-encoding', 'zstd']] as const },
    { name: 'broken gzip', fields: [['content-encoding', 'gzip']] as const },
  ])('is a body in $name', ({ fields }) => {
    const report = reportOn(passed('GET /api/v2/roles', 200, { response: { fields, body: 'not compressed' } }));
    expect(report).toMatchObject({ verdict: 'inconclusive', traffic: { exchanges: 1, judged: 0 } });
  });
});

describe('recordings', () => {
  const exchanges = [
    passed('POST /oauth/token', 200, {
      request: { body: { client_id: 'client_1', client_secret: 'kY8_vW2-qR5tZ7xA', grant_type: 'client_credentials' } },
      response: { body: { access_token: token, token_type: 'Bearer' } },
    }),
    passed('POST /api/v2/roles?trace=kY8_vW2-qR5tZ7xA', 200, {
      request: { fields: [...(bearer ?? []), ['Cookie', 'session=Zm9vYmFyYmF6cXV1eA']], body: { name: 'Guide' } },
      response: { body: role },
    }),
    passed('GET /logo', 200, { response: { body: 'x'.repeat(300_000) } }),
  ];

  it.each([
    { option: 'record', file: 'traffic.json' },
    { option: 'har', file: 'traffic.har' },
  ])('of --$option are read by replay, hold the claims of tokens and no secret', async ({ option, file }) => {
    const path = join(folder, file);
    const one = traffic({ [option]: path });
    for (const exchange of exchanges) {
      one.take(exchange);
      // Complete after each exchange: a killed process leaves a recording.
      expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.toThrow();
    }
    expect(one.finish(1000).failures).toEqual([]);
    const text = readFileSync(path, 'utf8');
    for (const secret of ['kY8_vW2', 'c2lnbmF0dXJl', 'Zm9vYmFyYmF6cXV1eA']) expect(text).not.toContain(secret);
    if (option === 'har') expect(harFaults(JSON.parse(text))).toEqual([]);
    const [recording] = await readRecordings(path);
    expect(recording?.exchanges).toMatchObject([
      { request: { method: 'POST', path: '/oauth/token', body: { client_secret: '[REDACTED]' } } },
      {
        request: {
          path: '/api/v2/roles',
          body: { name: 'Guide' },
          token: { client: 'client_1', audience: 'https://t.example/api/v2/', scopes: ['read:roles', 'create:roles'] },
        },
        response: { status: 200, body: role },
      },
      { request: { path: '/logo' }, response: { incomplete: true } },
    ]);
  });

  it('mask secrets however many have passed before, in the report too', () => {
    const path = join(folder, 'many.json');
    const one = traffic({ record: path });
    // Without a part in common: each is learned by itself.
    const secretOf = (index: number) =>
      Array.from({ length: 10 }, (_, part) => createHash('sha512').update(`${index} ${part}`).digest('base64url')).join(
        '',
      );
    const wrong = (index: number) => {
      const secret = secretOf(index);
      const response = { body: { token_type: 7, client_secret: secret, note: secret } };
      return { secret, exchange: passed('GET /api/v2/roles', 206, { response }) };
    };
    const first = wrong(0);
    for (let index = 0; index < 520; index += 1) one.take(wrong(index).exchange);
    const { report } = one.finish(1000);
    expect(report.findings).toHaveLength(1);
    const written = readFileSync(path, 'utf8') + JSON.stringify(report);
    for (const { secret } of [first, wrong(300), wrong(519)]) expect(written).not.toContain(secret.slice(0, 20));
    expect(report.findings[0]?.curl).toContain('curl -si');
  });

  it('are named by the command that judges a finding again', () => {
    const one = traffic({ record: join(folder, 'named.json') });
    one.take(passed('GET /api/v2/roles', 206, { response: { body: [role] } }));
    expect(one.finish(1000).report.findings[0]?.replay).toBe(`rolecall replay ${join(folder, 'named.json')}`);
    const other = traffic({ record: join(folder, 'other.json'), spec: 'api.yaml', overlay: ['ours.yaml'] });
    other.take(passed('GET /api/v2/roles', 206, { response: { body: [role] } }));
    expect(other.finish(1000).report.findings[0]?.replay).toBe(
      `rolecall replay ${join(folder, 'other.json')} --spec api.yaml --overlay ours.yaml`,
    );
  });
});

function never(): never {
  throw new RangeError('It has an answer.');
}
