import { describe, expect, it } from 'vitest';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { CheckResult, Miss, RunEnd, RunEvent } from '../engine/event.js';
import type { PlannedCheck } from '../engine/plan/plan.js';
import type { Finding } from '../finding/finding.js';
import { fingerprintOf } from '../finding/fingerprint.js';
import { Redactor } from '../redaction/redact.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues, type RequestValues } from '../target/request.js';
import { parseJson } from '../target/target.js';
import { Collector } from './collector.js';
import { createReport } from './create-report.js';
import { curlFor } from './curl.js';
import { uncheckedFacts } from './unchecked.js';
import { exitCodeOf } from './verdict.js';

const problemsOf = (...names: readonly string[]) => ({ description: 'x', 'x-problems': [...names] });
const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const contract: Contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  paths: {
    '/berths': {
      post: {
        operationId: 'berths.create',
        security: [{ oauth: ['moor', 'all'] }, { oauth: ['doubted'] }],
        'x-effect': { create: 'berth' },
        'x-evidence': { '/security/1': { grade: 'disputed', source: 'a', against: 'b' } },
        responses: { '201': { description: 'x' }, '409': problemsOf('taken', 'full'), '429': problemsOf('slow') },
      },
    },
    '/berths/{id}': {
      delete: {
        operationId: 'berths.delete',
        parameters: [path('id')],
        'x-effect': { delete: 'berth', of: { berth: 'id' } },
        responses: { '204': { description: 'x' }, '410': problemsOf('never') },
      },
    },
    '/berths/{id}/ships': {
      post: {
        operationId: 'berths.ships.add',
        parameters: [path('id')],
        'x-effect': { add: 'berth-ships', of: { berth: 'id' }, each: { ship: '/ships' } },
        responses: { '204': { description: 'x' }, '400': problemsOf('crowded') },
      },
    },
    '/ships': {
      post: { operationId: 'ships.create', 'x-effect': { create: 'ship' }, responses: { '201': { description: 'x' } } },
    },
  },
  components: {
    securitySchemes: {
      oauth: {
        type: 'oauth2',
        flows: {
          clientCredentials: { tokenUrl: 'https://h/token', scopes: { moor: 'x', all: 'x', doubted: 'x' } },
        },
      },
    },
    'x-resources': {
      berth: { key: 'berth_id', limit: { max: 9, problem: 'full' } },
      ship: { key: 'id' },
    },
    'x-relations': {
      'berth-ships': { between: ['berth', 'ship'], limits: [{ per: ['berth'], max: 3, problem: 'crowded' }] },
    },
    'x-problems': {
      taken: { when: { duplicate: 'berth' }, errorCode: 'taken' },
      full: { when: { full: 'berth' }, errorCode: 'full' },
      crowded: { when: { full: 'berth-ships' } },
      slow: { when: 'rate' },
      never: { when: { never: 'berths stay' } },
    },
  },
});
const operationOf = (id: string): Operation => {
  const found = contract.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
};
const TOKEN = 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

function exchange(id: string, values: Partial<RequestValues>, json?: Json, more: Partial<Exchange> = {}): Exchange {
  const text = json === undefined ? '' : JSON.stringify(json);
  return {
    request: buildRequest(operationOf(id), { ...noValues, ...values }),
    authorization: TOKEN,
    response: { status: 200, headers: {}, text, ...parseJson(text) },
    durationMs: 1,
    ...more,
  };
}

const removal = (id: string, more: Partial<Exchange> = {}): Exchange =>
  exchange('berths.delete', { path: { id } }, undefined, more);

function findingOf(more: Partial<Finding> = {}): Finding {
  return {
    check: 'afloat',
    family: 'limits',
    operations: ['berths.delete'],
    foundAt: 'berths.delete',
    fingerprint: 'abcdef012345',
    code: 'AFLOAT',
    severity: 'failed',
    evidence: { grade: 'recorded', source: 'recordings' },
    cause: 'it sank',
    expected: 'a berth',
    actual: 'a wreck',
    exchange: removal('b|1'),
    before: [],
    after: [],
    setup: [],
    ...more,
  };
}

describe('commands for curl', () => {
  const commands = (finding: Partial<Finding>, url?: string): readonly string[] =>
    curlFor(findingOf(finding), {
      contract,
      redact: (text) => text.replaceAll('s3cret', '$PASSWORD').replaceAll('t0ken', '$CHOSEN_TOKEN'),
      ...(url === undefined ? {} : { url }),
    }).split('\n');
  const BEARER = '-H "authorization: Bearer $TOKEN"';

  it.each<{ given: string; more: Partial<Exchange>; want: string }>([
    { given: 'the full-access token', more: {}, want: `curl -si -X DELETE "$URL/berths/b%7C1" ${BEARER}` },
    {
      given: 'a token that the check chose',
      more: { chosen: true },
      want: 'curl -si -X DELETE "$URL/berths/b%7C1" -H "authorization: Bearer $CHOSEN_TOKEN"',
    },
    {
      given: 'something that is no token',
      more: { authorization: 'Basic a"b' },
      want: 'curl -si -X DELETE "$URL/berths/b%7C1" -H "authorization: Basic a\\"b"',
    },
    {
      given: 'a bearer that is not a JSON Web Token',
      more: { authorization: 'Bearer opaque' },
      want: 'curl -si -X DELETE "$URL/berths/b%7C1" -H "authorization: Bearer opaque"',
    },
    {
      given: 'a path that curl would change, headers and a body',
      more: {
        request: {
          method: 'HEAD',
          path: '/berths/../a?b=$c',
          headers: { accept: 'application/json', 'x-a': '`b`' },
          body: '{"a":1}',
        },
      },
      want: `curl -si --head --path-as-is "$URL/berths/../a?b=\\$c" ${BEARER} -H "x-a: \\\`b\\\`" --data-raw "{\\"a\\":1}"`,
    },
    {
      given: 'dots that curl leaves alone',
      more: { request: { method: 'GET', path: '/a.b/..c/...', headers: {} } },
      want: `curl -si -X GET "$URL/a.b/..c/..." ${BEARER}`,
    },
    {
      given: 'a single dot at the end',
      more: { request: { method: 'GET', path: '/a/.', headers: {} } },
      want: `curl -si -X GET --path-as-is "$URL/a/." ${BEARER}`,
    },
  ])('with $given', ({ more, want }) => {
    expect(commands({ exchange: removal('b|1', more) }).at(-1)).toBe(want);
  });

  it('without authorization', () => {
    const { authorization: _, ...open } = removal('b');
    expect(commands({ exchange: open }, 'http://h:1/$x')).toEqual(['curl -si -X DELETE "http://h:1/\\$x/berths/b"']);
  });

  it('with a user and a password, which the shell puts in', () => {
    const { request, ...rest } = removal('b', { authorization: 'Bearer t0ken' });
    const operation = request.operation && { ...request.operation, security: [{ place: { in: 'basic' } as const }] };
    const asBasic = { ...rest, request: { ...request, operation } } as unknown as Exchange; // only the place of its security is used
    expect(commands({ exchange: asBasic })).toEqual([
      '# CHOSEN_TOKEN: a berth',
      'curl -si -u "token:$CHOSEN_TOKEN" -X DELETE "$URL/berths/b"',
    ]);
  });

  it('create what the request names, use its id, and remove it at the end', () => {
    const setup = [
      exchange('berths.create', { body: { name: 'a' } }, { berth_id: 'b|1' }),
      exchange('berths.create', { body: { next: 'b|1' } }, { berth_id: 'plain' }),
      exchange('ships.create', { body: {} }, { id: 'shp_9' }),
      exchange('berths.ships.add', { path: { id: 'b|1' }, body: { ships: ['shp_9'] } }),
      exchange('berths.create', {}, { berth_id: 7 }),
    ];
    const json = '-H "content-type: application/json"';
    expect(commands({ setup, before: [removal('plain'), removal('7')] })).toEqual([
      `BERTH_1=$(curl -s -X POST "$URL/berths" ${BEARER} ${json} --data-raw "{\\"name\\":\\"a\\"}" | jq -r .berth_id); BERTH_1_=$(printf %s "$BERTH_1" | jq -sRr @uri)`,
      `BERTH_2=$(curl -s -X POST "$URL/berths" ${BEARER} ${json} --data-raw "{\\"next\\":\\"\${BERTH_1}\\"}" | jq -r .berth_id)`,
      `SHIP_3=$(curl -s -X POST "$URL/ships" ${BEARER} ${json} --data-raw "{}" | jq -r .id)`,
      `curl -so /dev/null -X POST "$URL/berths/\${BERTH_1_}/ships" ${BEARER} ${json} --data-raw "{\\"ships\\":[\\"\${SHIP_3}\\"]}"`,
      `BERTH_4=$(curl -s -X POST "$URL/berths" ${BEARER} | jq -r .berth_id)`,
      `curl -so /dev/null -X DELETE "$URL/berths/\${BERTH_2}" ${BEARER}`,
      `curl -so /dev/null -X DELETE "$URL/berths/\${BERTH_4}" ${BEARER}`,
      `curl -si -X DELETE "$URL/berths/\${BERTH_1_}" ${BEARER}`,
      `curl -so /dev/null -X DELETE "$URL/berths/\${BERTH_4}" ${BEARER}`,
      `curl -so /dev/null -X DELETE "$URL/berths/\${BERTH_2}" ${BEARER}`,
      `curl -so /dev/null -X DELETE "$URL/berths/\${BERTH_1_}" ${BEARER}`,
    ]);
  });

  it('say where a password comes from, and which token the check chose', () => {
    const body = (text: string, more: Partial<Exchange> = {}) => removal(text, { chosen: true, ...more });
    expect(commands({ exchange: removal('s3cret') })[0]).toBe("PASSWORD='aA1!'$(date +%s)$$");
    expect(commands({ exchange: body('t0ken') })[0]).toBe('# CHOSEN_TOKEN: a berth');
    expect(commands({ exchange: body('t0ken', { scopes: [] }) })[0]).toBe('# CHOSEN_TOKEN: a token without scopes');
    expect(commands({ exchange: body('s3cret', { scopes: ['moor', 'all'] }) }).slice(0, 2)).toEqual([
      "PASSWORD='aA1!'$(date +%s)$$",
      '# CHOSEN_TOKEN: a token with only these scopes, or invalid as described: moor all',
    ]);
  });
});

const END: RunEnd = {
  requests: 12,
  durationMs: 3.6,
  coverage: [],
  facts: new Map(),
  absent: [],
  leftovers: ['berth 1'],
};
const planned = (id: string, check = 'afloat'): PlannedCheck =>
  ({ operation: operationOf(id), check: { id: check, family: 'limits' } }) as unknown as PlannedCheck;
const result = (one: PlannedCheck, more: Partial<CheckResult> = {}): CheckResult => ({
  planned: one,
  outcome: 'passed',
  runs: 1,
  requests: 2,
  notes: [],
  missed: [],
  ...more,
});

describe('facts that were not checked', () => {
  const unchecked = (
    id: string,
    { results = [], ...end }: Partial<RunEnd> & { results?: readonly CheckResult[] } = {},
  ) => {
    const { facts, unchecked } = uncheckedFacts(contract, [operationOf(id)], results, { ...END, ...end });
    return [facts, ...unchecked.map(({ what, reason }) => `${what}: ${reason}`)];
  };
  const NONE = 'No check of this run reached it.';
  const miss = (fact: string, reason: string, operation?: string): Miss =>
    ({ what: 'x', fact, reason, ...(operation === undefined ? {} : { operation }) }) as Miss;

  it('are answers by status and errorCode, scopes and limits', () => {
    expect(unchecked('berths.create')).toEqual([
      6,
      `201: ${NONE}`,
      `409 taken: ${NONE}`,
      `409 full: ${NONE}`,
      '429: No rate limit of the target was reached.',
      `scopes moor and all: ${NONE}`,
      `limit of 9 berth in the tenant: ${NONE}`,
    ]);
    expect(unchecked('berths.ships.add')).toEqual([
      3,
      `204: ${NONE}`,
      `400: ${NONE}`,
      `limit of 3 berth-ships for each berth: ${NONE}`,
    ]);
    expect(unchecked('berths.delete')).toEqual([2, `204: ${NONE}`, '410: Cannot be provoked: berths stay.']);
  });

  it('are not those that answers or checks reached', () => {
    const [security] = operationOf('berths.create').security;
    const limit = contract.resources.get('berth')?.limit;
    const hit = (status: number, errorCode?: string, operation = 'berths.create') => ({
      operation,
      status,
      hits: 1,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    const coverage = [hit(201), hit(409, 'full'), hit(429), hit(409, 'taken', 'ships.create')];
    const facts = new Map([
      [security?.pointer ?? '', 1],
      [limit?.pointer ?? '', 1],
    ]);
    expect(unchecked('berths.create', { coverage, facts })).toEqual([6, `409 taken: ${NONE}`]);
  });

  it('are not those of a class or of all other statuses, where one of them was received', () => {
    const responses = Object.fromEntries(['200', '404', '4XX', 'default'].map((name) => [name, { description: name }]));
    const paths = { '/x': { get: { operationId: 'x', responses } } };
    const own = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
    const left = (...statuses: readonly number[]) => {
      const coverage = statuses.map((status) => ({ operation: 'x', status, hits: 1 }));
      return uncheckedFacts(own, own.operations, [], { ...END, coverage }).unchecked.map(({ what }) => what);
    };
    expect(left(200, 404)).toEqual(['4XX', 'default']);
    expect(left(200, 400, 503)).toEqual(['404']);
  });

  it('have the reason of the check that missed them, or of a skip', () => {
    const create = planned('berths.create');
    const limit = contract.resources.get('berth')?.limit?.pointer ?? '';
    const results = [
      result(create, { missed: [miss(limit, 'elsewhere'), miss(limit, 'here', 'berths.create')] }),
      result(create, { outcome: 'skipped', because: 'contract', reason: 'nothing to try' }),
      result(create, { outcome: 'skipped', because: 'budget', reason: 'too many' }),
      result(planned('ships.create'), { outcome: 'skipped', because: 'target', reason: 'of another operation' }),
    ];
    // The 409 `full` cannot come without reaching the limit.
    expect(unchecked('berths.create', { results }).slice(1)).toEqual([
      `201: ${NONE}`,
      `409 taken: ${NONE}`,
      '409 full: here',
      '429: No rate limit of the target was reached.',
      `scopes moor and all: ${NONE}`,
      'limit of 9 berth in the tenant: here',
    ]);
    const skipped = result(create, { outcome: 'skipped', because: 'credentials', reason: 'no token' });
    expect(unchecked('berths.create', { results: [skipped] }).slice(1)).toEqual(
      ['201', '409 taken', '409 full', '429', 'scopes moor and all', 'limit of 9 berth in the tenant'].map(
        (what) => `${what}: no token`,
      ),
    );
    // Checks of tokens provoke no 201, 409 or 429.
    const ofTokens = { ...create, check: { id: 'token-forged', family: 'authentication' } } as unknown as PlannedCheck;
    const forged = result(ofTokens, { outcome: 'skipped', because: 'credentials', reason: 'no token' });
    expect(
      unchecked('berths.create', { results: [forged] }).filter((text) => String(text).endsWith('no token')),
    ).toEqual(['scopes moor and all: no token']);
    const elsewhere = result(planned('ships.create'), { missed: [miss(limit, 'elsewhere', 'ships.create')] });
    expect(unchecked('berths.create', { results: [elsewhere] })).toContain('409 full: elsewhere');
  });
});

describe('a report', () => {
  const replay = { seed: 7, depth: 'standard' };
  const options = () => ({
    tool: { name: 'rolecall', version: '1' },
    target: { name: 'the harbour', url: 'http://h:1' },
    redactor: new Redactor(),
    replay,
  });
  const collected = (...events: readonly unknown[]): Collector => {
    const collector = new Collector();
    for (const event of events as readonly RunEvent[]) collector.take(event);
    return collector;
  };
  const remove = planned('berths.delete');
  const create = planned('berths.create', 'sinks');
  const plan = { contract, depth: 'standard', checks: [remove, create], operations: [operationOf('berths.delete')] };

  it('needs a run that has been planned and has ended', () => {
    for (const events of [[], [{ kind: 'planned', plan }], [{ kind: 'ended', end: END }]]) {
      expect(() => createReport(collected(...events), options())).toThrow(
        new RangeError('A report needs a run that has been planned and has ended.'),
      );
    }
  });

  it('has checks in the order of the plan, the worst findings first, and totals', () => {
    const at = (id: string) => ({ operations: [id], foundAt: id });
    const warned = findingOf({ severity: 'warned', cause: 'it leaks', check: 'sinks', ...at('berths.create') });
    const again = { ...findingOf(), ...at('a.first') };
    const report = createReport(
      collected(
        { kind: 'planned', plan },
        { kind: 'started', planned: create },
        { kind: 'requested' },
        { kind: 'requested' },
        { kind: 'found', finding: { ...warned, severity: 'observed', cause: 'it smells' } },
        { kind: 'found', finding: warned },
        { kind: 'found', finding: findingOf() },
        { kind: 'found', finding: again },
        { kind: 'finished', result: result(create, { outcome: 'warned', requests: 4 }) },
        { kind: 'finished', result: result(remove, { outcome: 'failed', reason: 'it sank' }) },
        { kind: 'ended', end: END },
      ),
      options(),
    );
    expect(report).toMatchObject({
      target: 'the harbour',
      seed: 7,
      depth: 'standard',
      verdict: 'violates',
      leftovers: ['berth 1'],
      facts: 2,
    });
    expect(report.summary).toEqual({
      operations: 2,
      checks: 2,
      passed: 0,
      failed: 1,
      warned: 1,
      skipped: 0,
      observed: 0,
      requests: 12,
      durationMs: 4,
    });
    expect(report.checks).toEqual([
      {
        id: 'afloat',
        family: 'limits',
        operation: 'berths.delete',
        outcome: 'failed',
        reason: 'it sank',
        runs: 1,
        requests: 2,
        findings: [fingerprintOf('it sank', 'berths.delete')],
      },
      {
        id: 'sinks',
        family: 'limits',
        operation: 'berths.create',
        outcome: 'warned',
        runs: 1,
        requests: 4,
        findings: [fingerprintOf('it smells', 'berths.create'), fingerprintOf('it leaks', 'berths.create')],
      },
    ]);
    expect(report.findings.map(({ severity, cause, operations }) => [severity, cause, ...operations])).toEqual([
      ['failed', 'it sank', 'berths.delete', 'a.first'],
      ['warned', 'it leaks', 'berths.create'],
      ['observed', 'it smells', 'berths.create'],
    ]);
  });

  it('shows request and answer of a finding without secrets, and how to repeat it', () => {
    const secret = 'kY8_vW2-qR5tZ7';
    const made = exchange('berths.create', { body: { a: 1 } }, { berth_id: 'b', client_secret: secret });
    const shown = exchange('berths.create', { body: { a: 1 } }, { echo: secret });
    const finding = findingOf({ exchange: shown, setup: [made], actual: `it is ${secret}`, path: '3:1' });
    const events = [
      { kind: 'planned', plan },
      { kind: 'found', finding },
      { kind: 'ended', end: END },
    ];
    const report = createReport(collected(...events), {
      ...options(),
      replay: { ...replay, url: 'http://h:1' },
    });
    expect(report.findings[0]).toEqual({
      check: 'afloat',
      family: 'limits',
      operations: ['berths.delete'],
      foundAt: 'berths.delete',
      fingerprint: fingerprintOf('it sank', 'berths.delete'),
      code: 'AFLOAT',
      severity: 'failed',
      grade: 'recorded',
      source: 'recordings',
      cause: 'it sank',
      expected: 'a berth',
      actual: 'it is $CLIENT_SECRET',
      request: {
        method: 'POST',
        url: 'http://h:1/berths',
        headers: { accept: 'application/json', 'content-type': 'application/json', authorization: 'Bearer $TOKEN' },
        body: '{"a":1}',
      },
      response: { status: 200, headers: {}, body: '{"echo":"$CLIENT_SECRET"}' },
      curl: expect.stringMatching(/^BERTH_1=\$\(curl -s -X POST "http:\/\/h:1\/berths"/),
      replay: 'rolecall verify http://h:1 --only berths.delete/afloat --seed 7 --path 3:1',
    });
    expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('of the embedded tenant has commands with $URL, and of an open operation no token', () => {
    const { authorization: _, ...open } = removal('b');
    const events = [
      { kind: 'planned', plan },
      { kind: 'found', finding: findingOf({ exchange: open }) },
      { kind: 'ended', end: END },
    ];
    const [finding] = createReport(collected(...events), options()).findings;
    expect(finding).toMatchObject({
      curl: 'curl -si -X DELETE "$URL/berths/b"',
      request: { headers: { accept: 'application/json' } },
    });
    expect(Object.keys(finding?.request ?? {})).toEqual(['method', 'url', 'headers']);
  });
});

it.each([
  ['conforms', 0],
  ['violates', 1],
  ['inconclusive', 2],
] as const)('the exit code of "%s" is %d', (verdict, code) => {
  expect(exitCodeOf(verdict)).toBe(code);
  expect(exitCodeOf('other' as typeof verdict)).toBe(2);
});
