import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { Check, CheckContext, Depth } from '../check.js';
import type { Finding, Violation } from '../finding/finding.js';
import { fingerprintOf } from '../finding/fingerprint.js';
import type { Fixtures } from '../fixtures/fixtures.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import type { Token } from '../target/tokens/token.js';
import { CheckRun, type CheckRunOptions, type SendHeaders } from './check-run.js';
import type { CheckResult } from './event.js';
import type { PlannedCheck } from './plan/plan.js';
import { Stop } from './stop.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {
    '/berths': { get: { security: [{ token: [] }], responses: { '200': { description: 'x' } } } },
    '/open': { get: { responses: { '200': { description: 'x' } } } },
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
});
const [secured, open] = contract.operations as readonly [Operation, Operation];
const SECURED = buildRequest(secured, noValues);
const OPEN = buildRequest(open, noValues);
const FULL: Token = { value: 'full', scopes: ['all'] } as Token;
const FEW: Token = { value: 'few', scopes: ['read'] } as Token;

const violation = (cause: string, more: Partial<Violation> = {}): Violation => ({
  cause,
  expected: 'e',
  actual: 'a',
  evidence: { grade: 'recorded', source: 's' },
  exchange: { request: SECURED, response: { status: 200, headers: {}, text: '' }, durationMs: 1 },
  ...more,
});

interface Ran {
  readonly result: CheckResult;
  readonly found: readonly Finding[];
  readonly sent: readonly SendHeaders[];
  readonly error: unknown;
  readonly checkRun: CheckRun;
  readonly facts: readonly string[];
}

/** Runs a check made of this function alone. */
async function ran(
  run: (context: CheckContext) => unknown,
  {
    depth = 'standard',
    requests = 3,
    left = 10_000,
    of = contract,
    stop,
    ...more
  }: {
    depth?: Depth;
    requests?: number;
    left?: number;
    of?: typeof contract;
    stop?: Stop;
  } & Partial<CheckRunOptions> = {},
): Promise<Ran> {
  const found: Finding[] = [];
  const sent: SendHeaders[] = [];
  const facts: string[] = [];
  const check = {
    id: 'stays-afloat',
    family: 'limits',
    run: async (_: Operation, context: CheckContext) => {
      await run(context);
    },
  } as unknown as Check;
  const planned = { check, operation: secured, requests } as PlannedCheck;
  const checkRun = new CheckRun(
    {
      planned,
      contract: of,
      depth,
      seed: 7,
      mayProvokeRateLimit: true,
      judge: { judge: () => [] },
      tokens: { full: async () => FULL } as unknown as CheckRunOptions['tokens'],
      coverage: { reached: (fact: string) => facts.push(fact) } as unknown as CheckRunOptions['coverage'],
      baseUrl: 'http://h/api',
      knownCauses: new Set(),
      requestsLeft: () => left,
      send: async (request: PlannedRequest, options) => {
        sent.push(options);
        return { request, response: { status: 200, headers: {}, text: '' }, durationMs: 1 };
      },
      found: (finding) => found.push(finding),
      setupOf: (exchanges) => exchanges,
      ...more,
    },
    () => ({}) as Fixtures,
  );
  const error = await checkRun.start().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { result: checkRun.result(stop), found, sent, error, checkRun, facts };
}

const judged = (context: CheckContext): void => {
  context.judge(violation('x').exchange, { kind: 'success' });
};

describe('the result of a check', () => {
  it.each<{ given: string; run: (context: CheckContext) => void; stop?: Stop; want: Partial<CheckResult> }>([
    { given: 'that judged an answer', run: judged, want: { outcome: 'passed', runs: 1 } },
    { given: 'that reached a fact', run: (context) => context.reached('/a'), want: { outcome: 'passed', runs: 1 } },
    {
      given: 'that tried nothing',
      run: () => undefined,
      want: { outcome: 'skipped', because: 'budget', reason: 'Nothing was tried.' },
    },
    {
      given: 'that missed everything',
      run: (context) => context.missed('pages', 'too many', '/fact'),
      want: {
        outcome: 'skipped',
        because: 'budget',
        reason: 'pages: too many',
        missed: [{ operation: secured.id, check: 'stays-afloat', what: 'pages', reason: 'too many', fact: '/fact' }],
      },
    },
    {
      given: 'that missed a part',
      run: (context) => {
        judged(context);
        context.missed('pages', 'too many');
        context.missed('sizes', 'too');
      },
      want: {
        outcome: 'passed',
        reason: 'not tried: pages: too many',
        missed: ['pages', 'sizes'].map((what) => expect.objectContaining({ what })),
      },
    },
    {
      given: 'that only observed',
      run: (context) => {
        judged(context);
        context.observe('it floats');
        context.observe('it swims');
        context.observe('it floats');
      },
      want: { outcome: 'observed', reason: 'it floats', notes: ['it floats', 'it swims'] },
    },
    {
      given: 'with a finding that is only observed',
      run: (context) => {
        judged(context);
        const evidence = { grade: 'disputed', source: 's' } as const;
        context.report(violation('x', { evidence }), violation('y', { evidence }), violation('x', { evidence }));
      },
      want: { outcome: 'observed', reason: 'x; y' },
    },
    {
      given: 'that warned and failed',
      run: (context) =>
        context.report(violation('x', { evidence: { grade: 'reported', source: 's' } }), violation('y')),
      want: { outcome: 'failed' },
    },
    {
      given: 'that warned, and ended early',
      run: (context) => context.report(violation('x', { evidence: { grade: 'inferred', source: 's' } })),
      stop: new Stop('No time.', 'time'),
      want: { outcome: 'warned', reason: 'No time.' },
    },
    {
      given: 'that ended early',
      run: judged,
      stop: new Stop('No time.', 'time'),
      want: { outcome: 'skipped', because: 'time', reason: 'No time.' },
    },
  ])('$given', async ({ run, stop, want }) => {
    const { result } = await ran(run, stop === undefined ? {} : { stop });
    expect(result).toMatchObject(want);
    if (want.reason === undefined) expect(result).not.toHaveProperty('reason');
    if (want.because === undefined) expect(result).not.toHaveProperty('because');
  });

  it('counts requests and names the facts that were tested', async () => {
    const { result, checkRun, facts } = await ran(async (context) => {
      await context.send(SECURED);
      await context.send(OPEN);
      context.reached('/a');
    });
    expect([result.requests, checkRun.requests, facts, checkRun.suspicious]).toEqual([2, 2, ['/a'], false]);
  });
});

describe('a finding', () => {
  it('has the check, the operation, its fingerprint, and what created its resources', async () => {
    const before = [violation('x').exchange];
    const { found, checkRun } = await ran((context) => context.report(violation('it sank', { before })));
    expect(found).toEqual([
      {
        check: 'stays-afloat',
        family: 'limits',
        operations: [secured.id],
        foundAt: secured.id,
        fingerprint: fingerprintOf('it sank', secured.id),
        code: 'STAYS_AFLOAT',
        severity: 'failed',
        evidence: { grade: 'recorded', source: 's' },
        cause: 'it sank',
        expected: 'e',
        actual: 'a',
        exchange: before[0],
        before,
        after: [],
        setup: [before[0], before[0]],
      },
    ]);
    expect(checkRun.suspicious).toBe(true);
  });

  it('is reported once for each cause, which the run knows from then on', async () => {
    const knownCauses = new Set(['known']);
    const { found } = await ran(
      (context) =>
        context.report(violation('x'), violation('y', { code: 'HEADER' }), violation('x'), violation('known')),
      { knownCauses },
    );
    expect(found.map(({ cause, code, before }) => [cause, code, before.length])).toEqual([
      ['x', 'STAYS_AFLOAT', 0],
      ['y', 'HEADER', 0],
      ['known', 'STAYS_AFLOAT', 0],
    ]);
    expect([...knownCauses].sort()).toEqual(['known', 'x', 'y']);
  });
});

describe('a request', () => {
  const header = async (...given: Parameters<CheckContext['send']>): Promise<SendHeaders | undefined> =>
    (await ran((context) => context.send(...given))).sent[0];

  it.each<{ given: string; send: Parameters<CheckContext['send']>; want: SendHeaders }>([
    {
      given: 'carries the full-access token',
      send: [SECURED],
      want: { authorization: 'Bearer full', scopes: ['all'], chosen: false, rate: 'wait' },
    },
    { given: 'to an open operation carries none', send: [OPEN], want: { rate: 'wait' } },
    { given: 'without a token carries none', send: [SECURED, { token: null }], want: { rate: 'wait' } },
    {
      given: 'carries the token that was chosen',
      send: [OPEN, { token: FEW, rate: 'answer' }],
      want: { authorization: 'Bearer few', scopes: ['read'], chosen: true, rate: 'answer' },
    },
    {
      given: 'with the full-access token chosen',
      send: [SECURED, { token: FULL }],
      want: { authorization: 'Bearer full', scopes: ['all'], chosen: false, rate: 'wait' },
    },
    {
      given: 'carries any other header as given',
      send: [SECURED, { authorization: 'Basic x', token: FEW }],
      want: { authorization: 'Basic x', rate: 'wait' },
    },
    {
      given: 'of no operation carries the full-access token where some need one',
      send: [{ method: 'GET', path: '/elsewhere', headers: {} }],
      want: { authorization: 'Bearer full', scopes: ['all'], chosen: false, rate: 'wait' },
    },
  ])('$given', async ({ send, want }) => {
    expect(await header(...send)).toEqual(want);
  });

  it('of no operation carries none where no operation needs one', async () => {
    const of = { ...contract, operations: [open] };
    const { sent } = await ran((context) => context.send({ method: 'GET', path: '/', headers: {} }), { of });
    expect(sent).toEqual([{ rate: 'wait' }]);
  });

  it('of the client under test goes out as it is, and what ends it ends the check', async () => {
    const { sent } = await ran((context) =>
      context.fetch('http://h/api/berths', { headers: { authorization: 'Bearer client' } }),
    );
    expect(sent).toEqual([{ authorization: 'Bearer client', rate: 'wait' }]);
    const over = new Stop('No time.', 'time');
    const { error, found } = await ran(
      async (context) => {
        await context.fetch('http://h/api/berths').catch(() => undefined);
        context.report(violation('because of it'));
      },
      { send: () => Promise.reject(over) },
    );
    expect([error, found]).toEqual([over, []]);
    const caught = await ran((context) => context.fetch('http://h/api/berths').catch(() => undefined), {
      send: () => Promise.reject(over),
    });
    expect(caught.error).toBe(over);
  });
});

describe('the requests of a check', () => {
  const affords = async (count: number, sent: number, more: Parameters<typeof ran>[1]): Promise<boolean> => {
    let answer = false;
    await ran(async (context) => {
      for (let index = 0; index < sent; index += 1) await context.send(OPEN);
      answer = context.affords(count);
    }, more);
    return answer;
  };

  it.each<[count: number, sent: number, more: NonNullable<Parameters<typeof ran>[1]>, want: boolean]>([
    [400, 0, {}, true],
    [401, 0, {}, false],
    [399, 1, {}, true],
    [400, 1, {}, false],
    [600, 0, { requests: 300 }, true],
    [601, 0, { requests: 300 }, false],
    [20_000, 0, { depth: 'exhaustive', left: 1e6 }, true],
    [20_001, 0, { depth: 'exhaustive', left: 1e6 }, false],
    [3, 0, { depth: 'smoke' }, true],
    [4, 0, { depth: 'smoke' }, false],
    [2, 2, { depth: 'smoke' }, false],
    [5, 2, { left: 5 }, true],
    [6, 2, { left: 5 }, false],
  ])('%d more after %d with %j: %s', async (count, sent, more, want) => {
    expect(await affords(count, sent, more)).toBe(want);
  });

  it('are limited in a smoke run', async () => {
    const { error, sent } = await ran(
      async (context) => {
        for (;;) await context.send(OPEN);
      },
      { depth: 'smoke', requests: 2 },
    );
    expect(sent).toHaveLength(2);
    expect(error).toMatchObject({ message: 'The 2 requests of a smoke run are used up.', because: 'budget' });
  });
});

describe('a property', () => {
  const tooBig = async (value: number): Promise<readonly Violation[]> =>
    value > 9 ? [violation('too big', { actual: `${value}` })] : [];
  const numbers = fc.nat({ max: 1000 });

  it('is tried by depth, or as often as the check says, with its examples first', async () => {
    const tries = async (depth: Depth, runs?: number): Promise<readonly number[]> => {
      const values: number[] = [];
      const options = { examples: [5], ...(runs === undefined ? {} : { runs }) };
      const { result } = await ran(
        (context) =>
          context.property(
            numbers,
            async (value) => {
              values.push(value);
              return [];
            },
            options,
          ),
        { depth },
      );
      expect(result).toMatchObject({ outcome: 'passed', runs: values.length });
      return values;
    };
    expect(await tries('standard')).toHaveLength(15);
    expect(await tries('smoke')).toEqual([5]);
    expect(await tries('exhaustive', 40)).toHaveLength(40);
  });

  it('is shrunk, with a path that replays it; the second one of a check has its number', async () => {
    const properties = async (context: CheckContext): Promise<void> => {
      await context.property(numbers, async () => []);
      await context.property(numbers, tooBig);
    };
    const { found } = await ran(properties);
    const [finding] = found;
    expect(found).toHaveLength(1);
    expect(finding).toMatchObject({ cause: 'too big', actual: '10', path: expect.stringMatching(/^1\/\d/) });
    const again = await ran(properties, { path: finding?.path ?? '' });
    expect(again.found).toMatchObject([{ actual: '10', path: finding?.path }]);
    expect(again.result.runs).toBe(1);
  });

  it('is not shrunk beyond its requests, nor for a cause that the run knows', async () => {
    const shrink = async (shrinkRequests: number): Promise<number> => {
      const { result } = await ran((context) =>
        context.property(
          numbers,
          async (value) => {
            await context.send(OPEN);
            return tooBig(value);
          },
          { shrinkRequests, runs: 3, examples: [1000] },
        ),
      );
      return result.requests;
    };
    expect(await shrink(0)).toBeLessThan(await shrink(100));
    const { found, result } = await ran((context) => context.property(numbers, tooBig, { examples: [1000], runs: 5 }), {
      knownCauses: new Set(['too big']),
    });
    expect(found).toMatchObject([{ actual: '1000' }]);
    expect(found[0]).not.toHaveProperty('path');
    expect(result.runs).toBe(5);
  });
});

it('a check that skips ends with its reason, and one with a defect with its error', async () => {
  const skipped = await ran((context) => context.skip('Nothing to try.', 'contract'));
  expect(skipped.error).toMatchObject({ message: 'Nothing to try.', because: 'contract' });
  expect((await ran(() => Promise.reject(new TypeError('oh')))).error).toBeInstanceOf(TypeError);
});

it('a check has numbers from its seed', async () => {
  const drawn: number[] = [];
  const draw = (context: CheckContext): void => void drawn.push(context.seed, context.random(), context.random());
  await ran(draw);
  await ran(draw);
  expect(drawn.slice(0, 3)).toEqual(drawn.slice(3));
  expect(drawn[0]).toBe(7);
  expect(drawn[1]).not.toBe(drawn[2]);
  expect(drawn.slice(1, 3).every((value) => value >= 0 && value < 1)).toBe(true);
});
