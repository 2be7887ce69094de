import { describe, expect, it } from 'vitest';
import type { Json } from '../contract/contract.js';
import { agreeingOrder, type StartTrial } from './order.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import type { Step } from './recorded/step.js';
import type { ReplayRun } from './replay-run.js';
import { type Exchange, exchange, replayed, sentUser, userShown } from './test-support/recorded.js';

const UNCERTAIN = 'a real tenant; request order within one second is not certain';

/** Like recordings that contain only the second of each request: the reset time of the rate limit. */
const at = (second: number, one: Exchange): Exchange => {
  const { contentType, ...response } = one.response;
  const headers = {
    'content-type': contentType ?? '',
    'x-ratelimit-limit': '50',
    'x-ratelimit-remaining': '49',
    'x-ratelimit-reset': String(second),
  };
  return { ...one, response: { ...response, headers } };
};
const bare = (one: Exchange): Exchange => ({ ...one, response: { ...one.response, headers: {} } });

const ID = 'rol_AAAAAAAAAAAAAAAA';
const HEX = '0123456789abcdef01234567';
const shown = (name: string): Json => ({ id: ID, name });

describe('the order of an uncertain recording', () => {
  it('is found from its answers, second by second', async () => {
    const report = await replayed(
      [
        at(1, exchange(`GET /roles/${ID}`, undefined, 200, shown('first'))),
        at(1, exchange(`PATCH /roles/${ID}`, { name: 'second' }, 200, shown('second'))),
        at(1, exchange('POST /roles', { name: 'first' }, 200, shown('first'))),
        at(2, exchange(`DELETE /roles/${ID}`, undefined, 200, {})),
        at(2, exchange(`GET /roles/${ID}`, undefined, 200, shown('second'))),
        at(2, exchange('GET /roles', undefined, 200, [])),
      ],
      { source: UNCERTAIN },
    );
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 6, mismatched: 0 });
  });

  it('is the file order if the recording is certain', async () => {
    const report = await replayed([
      at(1, exchange(`DELETE /roles/${ID}`, undefined, 200, {})),
      at(1, exchange(`GET /roles/${ID}`, undefined, 200, shown('first'))),
    ]);
    expect(report.recordings[0]?.mismatches.map((mismatch) => mismatch.exchange)).toEqual([2]);
  });

  it('may move an answer without a time to the next second', async () => {
    const refusal = {
      statusCode: 404,
      error: 'Not Found',
      message: 'The user does not exist.',
      errorCode: 'inexistent_user',
    };
    const report = await replayed(
      [
        at(1, exchange('POST /users', sentUser('a@example.com'), 201, userShown(HEX, 'a@example.com'))),
        bare(exchange(`GET /users/auth0%7C${HEX}`, undefined, 404, refusal)),
        at(2, exchange(`DELETE /users/auth0%7C${HEX}`, undefined, 204)),
        at(2, exchange('GET /users', undefined, 200, [])),
      ],
      { source: UNCERTAIN },
    );
    expect(report.recordings[0]?.mismatches).toEqual([]);
  });

  it('reports only what matches in no order', async () => {
    const report = await replayed(
      [
        at(1, exchange(`GET /roles/${ID}`, undefined, 200, shown('another'))),
        at(1, exchange('POST /roles', { name: 'first' }, 200, shown('first'))),
        at(1, exchange(`DELETE /roles/${ID}`, undefined, 200, {})),
      ],
      { source: UNCERTAIN },
    );
    expect(report.recordings[0]?.mismatches.map((mismatch) => mismatch.exchange)).toEqual([1]);
    expect(report.recordings[0]?.mismatches[0]?.differences).toMatchObject([
      { place: 'body/name', expected: 'another', actual: 'first' },
    ]);
  });
});

it('is searched for a bounded time, where nothing matches', async () => {
  const steps = Array.from({ length: 600 }, (_, index) => {
    const date = new Date(Math.floor(index / 30) * 1000).toUTCString();
    const request = { method: 'DELETE', path: `/${index}` };
    const match = { operation: { effect: { kind: 'delete' } } };
    // All that is used.
    return { match, exchange: { index, request, response: { status: 204, headers: { date } } } } as unknown as Step;
  });
  let played = 0;
  const startTrial: StartTrial = async () => {
    const play = async (step: Step) => {
      played += 1;
      return new Map([[step, { kind: 'mismatched' }]]);
    };
    return { play } as unknown as ReplayRun;
  };
  const order = await agreeingOrder({ contract: {} } as ReplayContract, steps, startTrial);
  expect(order.map((step) => step.exchange.index)).toEqual(steps.map((_, index) => index));
  expect(played).toBeLessThan(40_000);
});
