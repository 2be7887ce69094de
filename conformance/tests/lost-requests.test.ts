import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import { checks } from '../checks/table.js';
import type { CheckResult, RunEnd, RunEvent } from '../engine/event.js';
import { createPlan } from '../engine/plan/plan.js';
import { run } from '../engine/run.js';
import { randomFrom } from '../engine/seed.js';
import type { Clock } from '../target/clock.js';
import { embeddedTarget } from '../target/embedded.js';
import type { PlannedRequest } from '../target/request.js';
import { parseJson, type Target, TargetFailure } from '../target/target.js';
import { contentOf, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { type Loss, lossyTarget, sleepingClock } from '../test-support/lossy-target.js';

const WRITES = ['POST', 'PATCH', 'PUT', 'DELETE'];

interface Ran {
  readonly results: readonly CheckResult[];
  readonly causes: readonly string[];
  readonly end: RunEnd;
  /** Writes as sent: method, path and body. */
  readonly writes: readonly string[];
  /** Requests without an answer, in the same form. */
  readonly lost: readonly string[];
  readonly slept: number;
}

describe('a run over connections that break', () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await defaultContract();
  });

  async function runOver(only: readonly string[], target: Target, of = contract): Promise<Ran> {
    const clock = sleepingClock();
    const plan = createPlan(of, checks, { depth: 'standard', only, skip: [] });
    const events: RunEvent[] = [];
    for await (const event of run(plan, target, { seed: 3, budget: {}, clock })) events.push(event);
    const last = events.at(-1);
    if (last?.kind !== 'ended') throw new Error('The run did not end.');
    const sent = events.flatMap((event) =>
      event.kind === 'requested' || event.kind === 'unanswered' ? [event.exchange.request] : [],
    );
    return {
      results: events.flatMap((event) => (event.kind === 'finished' ? [event.result] : [])),
      causes: events.flatMap((event) => (event.kind === 'found' ? [event.finding.cause] : [])),
      end: last.end,
      writes: sent.filter(({ method, path }) => WRITES.includes(method) && !path.startsWith('/oauth')).map(textOf),
      lost: events.flatMap((event) => (event.kind === 'unanswered' ? [textOf(event.exchange.request)] : [])),
      slept: clock.slept(),
    };
  }

  /** Ids of everything that a run creates at a target. */
  async function inventory(target: Target): Promise<readonly string[]> {
    const token = await target.sign?.({
      iss: `${target.url}/`,
      aud: target.audience,
      sub: 'test@clients',
      scope: contract.scopes.join(' '),
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 3600,
    });
    const headers = { authorization: `Bearer ${token}` };
    const ids: string[] = [];
    for (const operation of contract.operations) {
      if (operation.effect?.kind !== 'list' || operation.route.includes('{')) continue;
      const path = `${operation.route}?per_page=100`;
      const { text } = await target.send({ method: 'GET', path, headers }, { timeoutMs: 1000 });
      ids.push(...(text.match(/"(id|user_id|client_id)":"[^"]+"/g) ?? []));
    }
    return [...new Set(ids)].sort();
  }

  /** Loses the n-th write of a method, and only that. */
  const losing = (method: string, nth: number, loss: Loss, end: RegExp = /./) => {
    let seen = 0;
    return (request: { readonly method: string; readonly path: string }) => {
      if (request.method !== method || request.path.startsWith('/oauth') || !end.test(request.path)) return undefined;
      seen += 1;
      return seen === nth ? loss : undefined;
    };
  };

  it.each([
    ['POST', 1, 'after'],
    ['POST', 3, 'after'],
    ['POST', 3, 'before'],
    ['PATCH', 1, 'after'],
    ['PATCH', 2, 'before'],
  ] as const)('sends no write twice: %s number %i lost %s it was processed', async (method, nth, loss) => {
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    const only = ['roles.update/*', 'roles.create/documented-success'];
    const ran = await runOver(only, lossyTarget(target, losing(method, nth, loss)));
    expect(ran.lost).toHaveLength(1);
    expect(ran.writes.filter((write) => write === ran.lost[0])).toHaveLength(1);
    expect([ran.causes, incomplete(ran)]).toEqual([[], []]);
    expect(ran.results.filter(({ reason }) => reason?.includes('ran again'))).toHaveLength(1);
    expect(ran.end).toMatchObject({ leftovers: [] });
    expect(ran.end.stopped).toBeUndefined();
    expect(await inventory(target)).toEqual(before);
  });

  it.each([
    ['POST', 1, 'after'],
    ['POST', 3, 'after'],
    ['POST', 3, 'before'],
    ['PATCH', 1, 'after'],
    ['PATCH', 2, 'before'],
    ['DELETE', 1, 'before'],
  ] as const)('sends a write again at a shared target: %s number %i lost %s it was processed', async (...given) => {
    const [method, nth, loss] = given;
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    // No creation of duplicates: it sends two equal requests at once, and one would count as the other sent again.
    const only = ['roles.update/documented-success', 'roles.create/invalid-body', 'roles.update/duplicate-refused'];
    const ran = await runOver(only, { ...lossyTarget(target, losing(method, nth, loss)), metered: true });
    expect(ran.lost).toHaveLength(1);
    expect(ran.writes.filter((write) => write === ran.lost[0])).toHaveLength(2);
    expect([ran.causes, incomplete(ran), ran.end.leftovers]).toEqual([[], [], []]);
    expect(ran.results.filter(({ reason }) => reason?.includes('ran again'))).toEqual([]);
    expect(await inventory(target)).toEqual(before);
  });

  it('ends a check with a hundred writes at a shared target where 10 % of requests get no answer', async () => {
    const random = randomFrom(42);
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    const loses = () => (random() < 0.1 ? (random() < 0.5 ? 'before' : 'after') : undefined);
    const only = ['organizations.create/invalid-body', 'organizations.update/invalid-body'];
    const ran = await runOver(only, {
      ...lossyTarget(target, (_request, count) => (count > 3 ? loses() : undefined)),
      metered: true,
    });
    expect([ran.causes, incomplete(ran), ran.end.leftovers]).toEqual([[], [], []]);
    expect(ran.writes.length).toBeGreaterThan(100);
    expect(ran.results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
    expect(await inventory(target)).toEqual(before);
  });

  it.each([
    [502, 1, []],
    [504, 1, []],
    [502, Number.POSITIVE_INFINITY, [expect.stringMatching(/^no answer/)]],
  ])('takes a page of nginx with %i for a lost answer, %d times', async (status, times, causes) => {
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    const page = `<html><h1>${status}</h1><hr><center>nginx/1.22.1</center></html>`;
    let left = times;
    const ran = await runOver(['roles.update/documented-success'], {
      ...target,
      async send(request, limits) {
        if (request.method !== 'PATCH' || left <= 0) return target.send(request, limits);
        left -= 1;
        return { status, headers: { 'content-type': 'text/html' }, text: page };
      },
    });
    expect([ran.causes, ran.end.leftovers]).toEqual([causes, []]);
    expect(await inventory(target)).toEqual(before);
  });

  it('ends when nginx alone still answers', async () => {
    const target = await embeddedTarget(contract);
    let sent = 0;
    const ran = await runOver(['roles.*'], {
      ...target,
      async send(request, limits) {
        sent += 1;
        if (sent <= 50) return target.send(request, limits);
        const text = '<html><h1>502</h1><hr><center>nginx/1.22.1</center></html>';
        return { status: 502, headers: { 'content-type': 'text/html' }, text };
      },
    });
    expect(ran.end.stopped).toMatch(
      /stopped answering after \d+ requests: .*nginx answered 502 in place of the service/,
    );
    expect(ran.causes).toEqual([]);
    expect(sent).toBeLessThan(150);
  });

  it.each([
    ['after', 1],
    ['before', 2],
  ] as const)('removes the resource when a DELETE is lost %s it was processed', async (loss, nth) => {
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    const ran = await runOver(['roles.delete/*'], lossyTarget(target, losing('DELETE', nth, loss)));
    expect([ran.lost.length, ran.causes, incomplete(ran), ran.end.leftovers]).toEqual([1, [], [], []]);
    expect(await inventory(target)).toEqual(before);
  });

  it('finds nothing wrong, and leaves nothing, where 2 % of connections break', async () => {
    const random = randomFrom(42);
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    const ran = await runOver(
      ['users.roles.*', 'roles.*', 'organizations.create/invalid-body', 'organizations.update/invalid-body'],
      lossyTarget(target, (_request, count) =>
        count > 3 && random() < 0.02 ? (random() < 0.5 ? 'before' : 'after') : undefined,
      ),
    );
    expect(ran.lost.length).toBeGreaterThan(10);
    expect(ran.causes).toEqual([]);
    expect(ran.end.stopped).toBeUndefined();
    expect(ran.end.leftovers).toEqual([]);
    expect(await inventory(target)).toEqual(before);
    expect(incomplete(ran)).toEqual([]);
  });

  it('reports an operation that never answers, and goes on', async () => {
    const ran = await runOver(
      ['roles.delete/documented-success', 'roles.get/documented-success'],
      lossyTarget(await embeddedTarget(contract), ({ method }) => (method === 'DELETE' ? 'before' : undefined)),
    );
    expect(ran.causes).toEqual(['no answer: reset']);
    expect(ran.results.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'passed']);
    expect(ran.end.leftovers.join()).toMatch(/role rol_/);
  });

  it.each([
    ['reports a write that never gets an answer beside what the check has found', 5, ['no answer: reset']],
    ['takes a write that gets one when it is sent again for an accident', 1, []],
  ])('%s', async (_what, times, want) => {
    let lost = 0;
    const isNamed = (sent: unknown): boolean => JSON.stringify(sent ?? null).includes('"name":"');
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      const sent = parseJson(request.body ?? '').json;
      if (request.body?.includes('"name":null') === true && lost < times) {
        lost += 1;
        throw new TargetFailure('reset', 'socket hang up');
      }
      return isNamed(sent) || sent === null ? [204] : [400, {}];
    });
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const requestBody = { required: true, content: contentOf(schema) };
    const responses = { '204': { description: 'ok' }, '400': REFUSED, '401': REFUSED };
    const ran = await runOver(
      ['*/invalid-body'],
      target,
      contractOf({ '/groups': { post: { requestBody, responses } } }),
    );
    expect(ran.causes.filter((cause) => cause.startsWith('accepted'))).toHaveLength(1);
    expect(ran.causes.filter((cause) => cause.startsWith('no answer'))).toEqual(want);
    expect(lost).toBe(times);
  });

  it('gives a target up after failures over seconds, not at the third of all', async () => {
    const target = await embeddedTarget(contract);
    const before = new Set(await inventory(target));
    const ran = await runOver(
      ['users.roles.*'],
      lossyTarget(target, (_request, count) => (count > 60 ? 'before' : undefined)),
    );
    expect(ran.end.stopped).toMatch(/^The target stopped answering after \d+ requests: .*socket hang up/);
    expect(ran.slept).toBeGreaterThanOrEqual(3000);
    const left = (await inventory(target)).filter((id) => !before.has(id)).map((id) => id.split('"')[3] ?? '');
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((id) => !ran.end.leftovers.some((leftover) => leftover.includes(id)))).toEqual([]);
  });

  it('waits for a target that is busy for seconds, and gives up one that stays so for a minute', async () => {
    const ends: unknown[] = [];
    for (const unanswered of [12, Number.POSITIVE_INFINITY]) {
      const target = await embeddedTarget(contract);
      let sent = 0;
      const ran = await runOver(['roles.get/*'], {
        ...target,
        async send(request, limits) {
          sent += 1;
          if (sent <= 40 || sent > 40 + unanswered) return target.send(request, limits);
          throw new TargetFailure('timeout', `${request.method} ${request.path}: no complete answer within 10000 ms`);
        },
      });
      ends.push([ran.causes, ran.end.stopped?.replace(/\d+ requests: .*/, ''), ran.slept >= 60_000]);
    }
    expect(ends).toEqual([
      [[], undefined, false],
      [[], 'The target stopped answering after ', true],
    ]);
  });

  it('names what may have ended a target, where the document does not say what it changes', async () => {
    const responses = { '204': { description: 'Done' } };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Hub', version: '1' },
      servers: [{ url: 'https://hub.example' }],
      paths: {
        '/info': { get: { operationId: 'getInfo', responses } },
        '/shutdown': { post: { operationId: 'shutdown', responses } },
      },
    };
    const hub = readContract(document);
    const runUntil = async (path: string) => {
      let isGone = false;
      const target = lossyTarget(await embeddedTarget(hub), (request) => {
        const wasGone = isGone;
        isGone ||= request.path === path && request.method === (path === '/info' ? 'GET' : 'POST');
        return wasGone ? 'before' : undefined;
      });
      return (await runOver([], target, hub)).end.stopped;
    };
    expect(await runUntil('/shutdown')).toMatch(
      /socket hang up\. The last changes before, the newest first: POST \/shutdown\. Leave out what ends it: --skip 'shutdown\/\*'\.$/,
    );
    expect(await runUntil('/info')).toMatch(
      /socket hang up\. Under way when it stopped: [A-Z]+ \/info\. Leave out what ends it: --skip 'getInfo\/\*'\.$/,
    );
  });

  it('names what was under way when a target ended, and not what only noticed', async () => {
    const target = await embeddedTarget(contract);
    let isGone = false;
    const ends = (request: { readonly method: string; readonly path: string }) => {
      isGone ||= request.method === 'PATCH' && request.path.startsWith('/api/v2/roles/');
      return isGone ? 'before' : undefined;
    };
    const ran = await runOver(['roles.*/documented-success'], lossyTarget(target, ends));
    expect(ran.lost.length).toBeGreaterThan(1);
    expect(ran.end.stopped).toMatch(
      /Under way when it stopped: PATCH \/api\/v2\/roles\/\S+\. Leave out what ends it: --skip 'roles\.update\/\*'\.$/,
    );
  });

  it('waits for a target that comes back within seconds', async () => {
    const target = await embeddedTarget(contract);
    const ran = await runOver(
      ['roles.get/*'],
      lossyTarget(target, (_request, count) => (count >= 20 && count < 23 ? 'before' : undefined)),
    );
    expect([ran.causes, ran.end.stopped]).toEqual([[], undefined]);
    expect(ran.lost.length).toBeGreaterThan(0);
  });

  it('renews a token that expires during the cleanup of a run that was stopped', async () => {
    const stop = new AbortController();
    // A new token that is refused is not renewed, and tokens of one second are the same: the stop takes ten seconds.
    const { now, sleep } = sleepingClock();
    const clock: Clock = { now: () => now() + (stop.signal.aborted ? 10_000 : 0), sleep };
    const target = await embeddedTarget(contract, { clock: clock.now });
    const before = await inventory(target);
    const issued = new Set<string>();
    let refusals = 0;
    const expiring: Target = {
      ...target,
      metered: true,
      async send(request, limits) {
        const token = request.headers.authorization ?? '';
        if (!stop.signal.aborted) issued.add(token);
        if (request.path === '/oauth/token' || token === '' || !stop.signal.aborted || !issued.has(token))
          return target.send(request, limits);
        refusals += 1;
        const json = { statusCode: 401, message: 'Expired token received for JSON Web Token validation' };
        return { status: 401, headers: {}, text: JSON.stringify(json), json };
      },
    };
    const plan = createPlan(contract, checks, { depth: 'standard', only: ['roles.get/*'], skip: [] });
    const options = { seed: 3, budget: {}, clock, signal: stop.signal };
    let created = 0;
    const left: string[] = [];
    for await (const event of run(plan, expiring, options)) {
      if (event.kind === 'requested' && event.exchange.request.operation?.effect?.kind === 'create') created += 1;
      if (created === 2) stop.abort();
      if (event.kind === 'ended') left.push(...event.end.leftovers);
    }
    expect(refusals).toBeGreaterThan(0);
    expect(left).toEqual([]);
    expect(await inventory(target)).toEqual(before);
  });

  it('cleans up a resource whose creation was answered with a server error', async () => {
    const target = await embeddedTarget(contract);
    const before = await inventory(target);
    let broken = 0;
    const breaking: Target = {
      ...target,
      async send(request, limits) {
        const response = await target.send(request, limits);
        if (request.method !== 'POST' || !request.path.endsWith('/roles') || response.status >= 300) return response;
        broken += 1;
        return { status: 500, headers: response.headers, text: '{"statusCode":500}', json: { statusCode: 500 } };
      },
    };
    const ran = await runOver(['roles.create/*'], breaking);
    expect(broken).toBeGreaterThan(0);
    expect(ran.causes.join()).toContain('500');
    expect(ran.end.leftovers).toEqual([]);
    expect(await inventory(target)).toEqual(before);
  });
});

function textOf({ method, path, body }: PlannedRequest): string {
  return `${method} ${path} ${body}`;
}

/** Checks that failed, or could not run because of the target. */
function incomplete({ results }: Ran): readonly string[] {
  return results
    .filter(({ outcome, because }) => outcome === 'failed' || because === 'target' || because === 'defect')
    .map(({ planned, outcome, reason }) => `${planned.operation.id}/${planned.check.id} ${outcome}: ${reason}`);
}
