import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { Check, CheckContext } from '../check.js';
import type { CheckResult, RunEnd, RunEvent } from '../engine/event.js';
import { nameOf, type Plan, type PlannedCheck } from '../engine/plan/plan.js';
import { run } from '../engine/run.js';
import type { RunOptions } from '../engine/run-options.js';
import { assembleRun } from '../engine/run-parts.js';
import { Stop } from '../engine/stop.js';
import { Redactor } from '../redaction/redact.js';
import { buildRequest, noValues } from '../target/request.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { sleepingClock } from '../test-support/lossy-target.js';

/** Runs of checks that are made here, against a target that is a function. */

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  servers: [{ url: 'https://h/api' }],
  paths: { '/berths': { get: { operationId: 'berths.list', responses: { '200': { description: 'x' } } } } },
});
const [berths] = contract.operations as readonly [Operation];
const LIST = buildRequest(berths, noValues);

interface FakeOptions extends Partial<Target> {
  readonly answer?: (request: HttpRequest, count: number) => number;
}

function fake({
  answer = () => 200,
  ...more
}: FakeOptions = {}): Target & { readonly timeouts: number[]; readonly paths: string[] } {
  const timeouts: number[] = [];
  const paths: string[] = [];
  return {
    name: 'a fake',
    url: 'http://fake',
    audience: 'http://fake/api',
    credentials: {},
    metered: false,
    workers: 1,
    send: async (request, { timeoutMs }) => {
      paths.push(request.path);
      timeouts.push(timeoutMs);
      return { status: answer(request, paths.length), headers: {}, text: '[]', ...parseJson('[]') };
    },
    close: async () => undefined,
    ...more,
    timeouts,
    paths,
  };
}

const planned = (id: string, action: (context: CheckContext) => unknown, exclusive = false): PlannedCheck => ({
  check: {
    id,
    family: 'state',
    run: async (_: Operation, context: CheckContext) => {
      await action(context);
    },
  } as unknown as Check,
  operation: berths,
  requests: 1,
  exclusive,
  scopes: [],
  fixtures: [],
});
const planOf = (...checks: readonly PlannedCheck[]): Plan => ({
  contract,
  depth: 'standard',
  checks,
  operations: [berths],
});
const passes = (context: CheckContext): void =>
  void context.judge(
    { request: LIST, response: { status: 200, headers: {}, text: '' }, durationMs: 1 },
    { kind: 'success' },
  );

async function ran(plan: Plan, target: Target, options: Partial<RunOptions> = {}) {
  const events: RunEvent[] = [];
  for await (const event of run(plan, target, { seed: 1, budget: {}, clock: sleepingClock(), ...options }))
    events.push(event);
  const results = events.flatMap((event): readonly CheckResult[] => (event.kind === 'finished' ? [event.result] : []));
  const ends = events.flatMap((event): readonly RunEnd[] => (event.kind === 'ended' ? [event.end] : []));
  return { events, results, end: ends[0] };
}

const outcomes = (results: readonly CheckResult[]): readonly string[] =>
  results.map(({ planned: { check }, outcome, because, reason }) =>
    [check.id, outcome, because, reason].filter((part) => part !== undefined).join(': '),
  );

describe('a run', () => {
  it('runs exclusive checks last, and says what happens', async () => {
    const checks = [
      planned('alone', passes, true),
      planned('first', passes),
      planned('second', (context) => context.send(LIST)),
    ];
    const { events, end } = await ran(planOf(...checks), fake());
    expect(
      events.map((event) =>
        event.kind === 'started'
          ? `started ${nameOf(event.planned)}`
          : event.kind === 'finished'
            ? `finished ${nameOf(event.result.planned)}`
            : event.kind,
      ),
    ).toEqual([
      'planned',
      'started berths.list/first',
      'finished berths.list/first',
      'started berths.list/second',
      'requested',
      'finished berths.list/second',
      'started berths.list/alone',
      'finished berths.list/alone',
      'ended',
    ]);
    expect(end).toMatchObject({
      requests: 1,
      coverage: [{ operation: 'berths.list', status: 200, hits: 1 }],
      leftovers: [],
    });
    expect(end).not.toHaveProperty('stopped');
  });

  it('runs as many checks side by side as the target has workers, exclusive ones alone', async () => {
    const most = async (workers: number): Promise<readonly number[]> => {
      let running = 0;
      const seen = { shared: 0, alone: 0 };
      const counting = (kind: 'shared' | 'alone') => async (context: CheckContext) => {
        running += 1;
        await context.send(LIST);
        seen[kind] = Math.max(seen[kind], running);
        running -= 1;
      };
      const checks = [1, 2, 3, 4].map((number) => planned(`c${number}`, counting('shared')));
      const alone = [5, 6].map((number) => planned(`c${number}`, counting('alone'), true));
      await ran(planOf(...checks, ...alone), fake({ workers }));
      return [seen.shared, seen.alone];
    };
    expect(await most(1)).toEqual([1, 1]);
    expect(await most(3)).toEqual([3, 1]);
  });

  it('reports findings, and tells each check which causes are known', async () => {
    const evidence = { grade: 'recorded', source: 's' } as const;
    const exchange = { request: LIST, response: { status: 200, headers: {}, text: '' }, durationMs: 1 };
    const report = (context: CheckContext): void =>
      context.report({ cause: 'it sank', expected: 'e', actual: 'a', evidence, exchange });
    const { events, results } = await ran(planOf(planned('one', report), planned('two', report)), fake());
    expect(events.filter(({ kind }) => kind === 'found')).toHaveLength(2);
    expect(outcomes(results)).toEqual(['one: failed', 'two: failed']);
  });

  it('gives checks the root with the path of the server', async () => {
    let root = '';
    await ran(
      planOf(
        planned('one', ({ baseUrl }) => {
          root = baseUrl;
        }),
      ),
      fake(),
    );
    expect(root).toBe('http://fake/api');
  });

  it('reports a defect of a check with its place, and goes on', async () => {
    const checks = [
      planned('wrong', () => {
        throw new TypeError('oh');
      }),
      planned('odd', () => Promise.reject('a text')),
      planned('right', passes),
    ];
    const { results } = await ran(planOf(...checks), fake());
    expect(outcomes(results)).toEqual([
      expect.stringMatching(
        /^wrong: skipped: defect: This check has a defect, please report it: oh at .*small-run\.test/,
      ),
      'odd: skipped: defect: This check has a defect, please report it: a text',
      'right: passed',
    ]);
    expect(results[0]).toMatchObject({ runs: 0, requests: 0, notes: [], missed: [] });
  });
});

describe('a run that ends early says why', () => {
  it.each([
    ['time', 'No time.'],
    ['cancelled', 'No time.'],
    ['max-requests', 'No time.'],
    ['target', undefined],
    ['budget', undefined],
    ['contract', undefined],
  ] as const)('%s: %s', async (because, stopped) => {
    const stops = (): never => {
      throw new Stop('No time.', because);
    };
    const { end, results } = await ran(planOf(planned('one', stops), planned('two', stops)), fake());
    expect(outcomes(results)).toEqual([`one: skipped: ${because}: No time.`, `two: skipped: ${because}: No time.`]);
    expect(end?.stopped).toBe(stopped);
  });

  it('after its requests, of which two are reserved for cleaning up', async () => {
    const target = fake();
    const sends = async (context: CheckContext): Promise<void> => {
      for (;;) await context.send(LIST);
    };
    const { end, results } = await ran(planOf(planned('one', sends)), target, { budget: { maxRequests: 5 } });
    expect(target.paths).toHaveLength(3);
    expect(outcomes(results)[0]).toContain('max-requests: The 5 requests of --max-requests are used up.');
    expect(end?.stopped).toBe('The 5 requests of --max-requests are used up.');
  });

  it('when it is cancelled, before or while it runs', async () => {
    const checks = planOf(
      planned('one', (context) => context.send(LIST)),
      planned('two', (context) => context.send(LIST)),
    );
    const { results } = await ran(checks, fake(), { signal: AbortSignal.abort() });
    expect(results.map(({ because }) => because)).toEqual(['cancelled', 'cancelled']);
    const controller = new AbortController();
    const target = fake({
      answer: () => {
        controller.abort();
        return 200;
      },
    });
    const later = await ran(checks, target, { signal: controller.signal });
    expect(later.results.at(-1)?.because).toBe('cancelled');
    expect(target.paths).toHaveLength(1);
  });

  it('when its consumer stops reading', async () => {
    const target = fake();
    const checks = [1, 2, 3].map((number) => planned(`c${number}`, (context) => context.send(LIST)));
    for await (const event of run(planOf(...checks), target, { seed: 1, budget: {}, clock: sleepingClock() })) {
      if (event.kind === 'finished') break;
    }
    expect(target.paths.length).toBeLessThan(3);
  });
});

describe('the parts of a run', () => {
  const assemble = (target: Target, options: Partial<RunOptions> = {}) =>
    assembleRun({
      ...planOf(),
      target,
      options: { seed: 1, budget: {}, ...options },
      signal: new AbortController().signal,
      emit: () => undefined,
    });

  it('have one worker for each that the target allows', async () => {
    const crews = await Promise.all([1, 4].map((workers) => assemble(fake({ workers })).crew()));
    expect(crews.map(({ workers }) => workers.length)).toEqual([1, 4]);
  });

  it('reserve requests for what is created', () => {
    const { budget, created } = assemble(fake(), { budget: { maxRequests: 10 } });
    expect(budget.left).toBe(8);
    created.add({ resource: 'berth', id: '1', label: '' });
    expect(budget.left).toBe(7);
    created.remove('berth', '1');
    expect(budget.left).toBe(8);
    expect(assemble(fake()).budget.left).toBe(Number.POSITIVE_INFINITY);
  });

  it('hide credentials before the first request', () => {
    const redactor = new Redactor();
    const client = { id: 'id', secret: 'kY8_vW2-qR5tZ7' };
    assemble(fake({ credentials: { client, token: 'opaque-token-of-mine' } }), { redactor });
    expect(redactor.redact('kY8_vW2-qR5tZ7 and opaque-token-of-mine')).toBe('$CLIENT_SECRET and $TOKEN');
  });

  it.each([
    [{}, 10_000],
    [{ timeoutMs: 60_000 }, 10_000],
    [{ timeoutMs: 20_000 }, 4000],
    [{ timeoutMs: 5000 }, 2000],
  ])('with %j give a request at most %d ms', async (budget, want) => {
    const target = fake();
    const endless = (signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
    const clock = { now: () => 0, sleep: (_: number, signal?: AbortSignal) => endless(signal) };
    await ran(planOf(planned('one', (context) => context.send(LIST))), target, { budget, clock });
    expect(Math.max(...target.timeouts)).toBeLessThanOrEqual(want);
    expect(Math.max(...target.timeouts)).toBeGreaterThan(want * 0.95);
  });
});
