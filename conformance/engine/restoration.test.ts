import { describe, expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { Effects } from '../lookup/effects.js';
import type { Tuple } from '../lookup/tuples.js';
import type { PlannedRequest } from '../target/request.js';
import { deleteResource, removeTuples } from './restoration.js';

const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const done = { '204': { description: 'x' } };
const body = { content: { 'application/json': { schema: { type: 'object' } } } };
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {
    '/berths/{id}/ships': {
      delete: {
        parameters: [path('id')],
        requestBody: body,
        'x-effect': { remove: 'moorings', of: { berth: 'id' }, each: { ship: '/ships' } },
        responses: done,
      },
    },
    '/berths/{id}/buoys/{buoy}': {
      delete: {
        parameters: [path('id'), path('buoy')],
        'x-effect': { remove: 'marks', of: { berth: 'id', buoy: 'buoy' } },
        responses: done,
      },
    },
    '/berths/{id}': {
      delete: { parameters: [path('id')], 'x-effect': { delete: 'berth', of: { berth: 'id' } }, responses: done },
    },
    '/berths/{id}/lines/{line}': {
      delete: {
        parameters: [path('id'), path('line')],
        'x-effect': { delete: 'line', of: { berth: 'id', line: 'line' } },
        responses: done,
      },
    },
  },
  components: {
    'x-resources': {
      berth: { key: 'id' },
      ship: { key: 'id' },
      buoy: { key: 'id' },
      line: { key: 'id', under: { berth: 'berth_id' } },
    },
    'x-relations': {
      moorings: { between: ['berth', 'ship'] },
      marks: { between: ['berth', 'buoy'] },
      fixed: { between: ['ship', 'buoy'] },
    },
  },
});

/** The requests that it sends. @param status - of their answers */
async function sent(
  run: (options: Parameters<typeof removeTuples>[0]) => Promise<void>,
  status = 204,
): Promise<readonly string[]> {
  const requests: string[] = [];
  const send = async (request: PlannedRequest) => {
    requests.push(`${request.method} ${request.path}${request.body === undefined ? '' : ` ${request.body}`}`);
    return { request, response: { status, headers: {}, text: '' }, durationMs: 1 };
  };
  await run({ contract, effects: new Effects(contract), send }).catch((error: { message: string; because: string }) =>
    requests.push(`${error.because}: ${error.message}`),
  );
  return requests;
}

describe('tuples', () => {
  const mooring = (berth: string, ship: string): Tuple => ({ relation: 'moorings', names: { berth, ship } });
  const mark = (berth: string, buoy: string): Tuple => ({ relation: 'marks', names: { berth, buoy } });

  it('are removed together where one request can name them', async () => {
    const tuples = [mooring('a', '1'), mooring('b', '2'), mooring('a', '3'), mark('a', '4'), mark('a', '5')];
    expect(await sent((options) => removeTuples(options, tuples))).toEqual([
      'DELETE /berths/a/ships {"ships":["1","3"]}',
      'DELETE /berths/b/ships {"ships":["2"]}',
      'DELETE /berths/a/buoys/4',
      'DELETE /berths/a/buoys/5',
    ]);
  });

  it('that no operation removes stay, and so do those of no relation', async () => {
    const tuples = [
      { relation: 'fixed', names: { ship: '1', buoy: '2' } },
      { relation: 'none', names: { ship: '1' } },
    ];
    expect(await sent((options) => removeTuples(options, tuples))).toEqual([]);
  });

  it('that the target refuses to remove end the check', async () => {
    expect(await sent((options) => removeTuples(options, [mooring('a', '1'), mooring('b', '2')]), 403)).toEqual([
      'DELETE /berths/a/ships {"ships":["1"]}',
      'target: Could not remove a moorings that the check added.',
    ]);
  });
});

it.each([
  ['berth', 'b|1', undefined, ['DELETE /berths/b%7C1']],
  ['line', 'l', { berth: 'a' }, ['DELETE /berths/a/lines/l']],
  ['ship', 's', undefined, []],
])('deletes a %s where the contract can', async (resource, id, parent, want) => {
  const created = { resource, id, label: '', ...(parent && { parent }) };
  expect(await sent((options) => deleteResource(options, created))).toEqual(want);
});
