import { expect, it } from 'vitest';
import type { Effect } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';
import type { Plan, PlannedCheck } from './plan.js';
import { fixtureRequests } from './plan-estimate.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {},
  components: {
    'x-resources': {
      berth: { key: 'id', unique: [['name']] },
      ship: { key: 'id', refers: { berth_id: 'berth' }, unique: [['name', 'berth_id']] },
      permit: { key: 'id', refers: { berth_id: 'berth', ship_id: 'ship' }, unique: [['berth_id', 'ship_id']] },
      line: { inside: { berth: '/lines' }, key: { berth: 'parent.id', name: 'item.name' } },
    },
  },
});

const check = (
  effect: Partial<Effect> | undefined,
  {
    id = 'accepted',
    family = 'status-and-shape',
    fixtures = [],
  }: { id?: string; family?: string; fixtures?: readonly string[] } = {},
): PlannedCheck => ({ check: { id, family }, operation: { effect }, fixtures }) as unknown as PlannedCheck;
const on = (kind: Effect['kind'], target = 'berth', where: Effect['on'] = 'resource') => ({ kind, target, on: where });

it.each<{ given: string; checks: readonly PlannedCheck[]; want: number }>([
  { given: 'nothing', checks: [], want: 2 },
  { given: 'an operation without an effect', checks: [check(undefined)], want: 2 },
  { given: 'a hook', checks: [check(on('delete', 'berth', 'hook')), check(on('create', 'token', 'hook'))], want: 2 },
  {
    given: 'a resource that several checks share',
    checks: [check(on('read'), { fixtures: ['berth'] }), check(on('list'), { fixtures: ['berth'] })],
    want: 4,
  },
  { given: 'one of each resource', checks: [check(on('read'), { fixtures: ['berth', 'ship'] })], want: 6 },
  {
    given: 'a resource of which each refers to another new one',
    checks: [check(on('read'), { fixtures: ['permit'] })],
    want: 6,
  },
  {
    given: 'items inside a resource, and what is unknown',
    checks: [check(on('read'), { fixtures: ['line', 'none'] })],
    want: 2,
  },
  {
    given: 'one for each check that changes or removes one',
    checks: [check(on('update')), check(on('delete')), check(on('delete', 'permit'))],
    want: 10,
  },
  {
    given: 'the removal of what a check creates or adds',
    checks: [check(on('create')), check(on('add', 'moorings', 'relation'))],
    want: 4,
  },
  { given: 'no removal where the creation is refused', checks: [check(on('create'), { id: 'refused-body' })], want: 2 },
  { given: 'no removal for other families', checks: [check(on('create'), { family: 'input' })], want: 2 },
  {
    given: 'no removal where nothing is created',
    checks: [check(on('read')), check(on('remove', 'moorings', 'relation'))],
    want: 2,
  },
])('a plan sends, for $given, $want requests besides its checks', ({ checks, want }) => {
  expect(fixtureRequests({ checks, contract } as unknown as Plan)).toBe(want);
});
