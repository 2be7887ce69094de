import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { checks } from '../checks/table.js';
import type { RunEvent } from '../engine/event.js';
import { createPlan } from '../engine/plan/plan.js';
import { run } from '../engine/run.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { lossyTarget, sleepingClock } from '../test-support/lossy-target.js';
import { HEADER, memorySink } from '../test-support/memory-sink.js';
import { Journal } from './journal.js';
import { parseJournal } from './read-journal.js';

const ONLY = ['roles.create/documented-success', 'roles.create/invalid-body', 'roles.users.assign/documented-success'];

describe('a run with a journal', () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await defaultContract();
  });

  async function eventsOf(target: Target, journal: Journal): Promise<readonly RunEvent[]> {
    const plan = createPlan(contract, checks, { depth: 'standard', only: ONLY, skip: [] });
    const events: RunEvent[] = [];
    for await (const event of run(plan, target, { seed: 3, budget: {}, journal, clock: sleepingClock() }))
      events.push(event);
    return events;
  }

  it('has written every creation before the target receives it, with a text that finds it again', async () => {
    const target = await embeddedTarget(contract);
    const sink = memorySink();
    let creations = 0;
    const watching: Target = {
      ...target,
      async send(request, limits) {
        const isCreation = request.method === 'POST' && /\/(roles|users|clients|client-grants)$/.test(request.path);
        if (isCreation && request.path.split('/').length === 4) {
          creations += 1;
          const { pending = [], last } = parseJournal(sink.text()) ?? {};
          expect(pending.map(({ n }) => n)).toEqual([last]);
        }
        return target.send(request, limits);
      },
    };
    await eventsOf(watching, new Journal(HEADER, sink));
    expect(creations).toBeGreaterThan(20);
    expect(parseJournal(sink.text())).toMatchObject({ existing: [], pending: [] });
    expect(sink.isDiscarded()).toBe(true);
    const secrets = /secret|password|eyJ|Bearer/i;
    expect(
      sink
        .text()
        .split('\n')
        .filter((line) => secrets.test(line)),
    ).toEqual([]);
  });

  it('removes what a search finds of a creation whose answer was lost, also at a shared target', async () => {
    const target = await embeddedTarget(contract);
    for (const metered of [false, true]) {
      let creations = 0;
      const losing = lossyTarget({ ...target, metered }, ({ method, path }) => {
        if (method === 'POST' && path === '/api/v2/roles') creations += 1;
        return method === 'POST' && path === '/api/v2/roles' && creations % 4 === 1 ? 'after' : undefined;
      });
      const events = await eventsOf(losing, new Journal(HEADER, memorySink()));
      expect(creations).toBeGreaterThan(4);
      expect(events.at(-1)).toMatchObject({ kind: 'ended', end: { leftovers: [] } });
    }
    const { json } = await target.send(
      {
        method: 'GET',
        path: '/api/v2/roles',
        headers: { authorization: `Bearer ${await target.issue?.(contract.scopes)}` },
      },
      { timeoutMs: 1000 },
    );
    expect(json).toEqual([]);
  });

  it('creates nothing more once the disk is full, removes what it created, and says why it ended', async () => {
    const target = await embeddedTarget(contract);
    const posts: string[] = [];
    const watching: Target = {
      ...target,
      async send(request, limits) {
        if (request.method === 'POST' && request.path === '/api/v2/roles') posts.push(request.body ?? '');
        return target.send(request, limits);
      },
    };
    const sink = memorySink(4000);
    const events = await eventsOf(watching, new Journal(HEADER, sink));
    const last = events.at(-1);
    expect(last).toMatchObject({ kind: 'ended', end: { leftovers: [] } });
    expect(last?.kind === 'ended' && last.end.stopped).toMatch(/^Cannot write the journal .*no space is left/);
    const { last: journaled = 0 } = parseJournal(sink.text()) ?? {};
    expect(posts.length).toBeGreaterThan(0);
    expect(posts.length).toBeLessThanOrEqual(journaled);
  });
});
