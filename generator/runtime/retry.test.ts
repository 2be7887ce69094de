import { describe, expect, test } from 'vitest';
import type { Exchange } from './options.js';
import { sendWithRetries } from './retry.js';

const NOW = Date.parse('2027-01-15T07:00:00Z');
const DATE = 'Fri, 15 Jan 2027 07:00:00 GMT';
const NAMES = { limitHeader: 'x-limit', resetHeader: 'x-reset' };

interface Given {
  readonly random?: number;
  readonly now?: number;
  readonly names?: object;
}

/** The pauses between attempts that get these responses in turn, the last one again and again. */
async function pauses(responses: readonly Response[], given: Given = {}): Promise<readonly number[]> {
  const { random = 0, now = NOW, names = NAMES } = given;
  const slept: number[] = [];
  const clock = {
    now: () => now,
    random: () => random,
    sleep: async (milliseconds: number) => void slept.push(milliseconds),
  };
  let attempts = 0;
  const fetch = async () => {
    attempts += 1;
    return responses[Math.min(attempts, responses.length) - 1]?.clone() ?? Response.error();
  };
  const exchange: Exchange = { baseUrl: 'http://h', what: 'GET /', request: new Request('http://h/'), fetch };
  await sendWithRetries(exchange, { clock, ...names });
  return slept;
}

const limited = (headers: Record<string, string>): Response => new Response(null, { status: 429, headers });
const fine = new Response(null, { status: 204 });

test.each([
  [0, [250, 500, 1000, 2000, 4000, 4000]],
  [0.5, [375, 750, 1500, 3000, 6000, 6000]],
  [1, [500, 1000, 2000, 4000, 8000, 8000]],
])('pauses double up to 8 s, at random %d less', async (random, want) => {
  expect(await pauses([...want.map(() => limited({})), fine], { random })).toEqual(want);
});

describe('after a rate limit', () => {
  test.each<{ given: string; headers: Record<string, string>; random?: number; now?: number; want: number }>([
    { given: 'seconds of Retry-After, and up to 250 ms more', headers: { 'retry-after': '2' }, random: 1, want: 2250 },
    { given: 'at least 100 ms of Retry-After', headers: { 'retry-after': '0.01' }, random: 1, want: 350 },
    {
      given: 'a date of Retry-After by the clock of the server',
      headers: { 'retry-after': 'Fri, 15 Jan 2027 07:00:05 GMT', date: DATE },
      now: NOW + 99_000,
      want: 5000,
    },
    {
      given: 'a date of Retry-After by the own clock where the server has none',
      headers: { 'retry-after': 'Fri, 15 Jan 2027 07:00:05 GMT' },
      now: NOW + 1000,
      want: 4000,
    },
    { given: 'a date of Retry-After that is past', headers: { 'retry-after': DATE, date: DATE }, want: 250 },
    {
      given: 'the time until a token is due, and up to 250 ms more',
      headers: { date: DATE, 'x-reset': `${NOW / 1000 + 50}`, 'x-limit': '10' },
      random: 1,
      want: 5250,
    },
    {
      given: 'no longer than until the bucket is full',
      headers: { date: DATE, 'x-reset': `${NOW / 1000 + 0.1}`, 'x-limit': '1' },
      random: 1,
      want: 100,
    },
    {
      given: 'the backoff where no size is known',
      headers: { date: DATE, 'x-reset': `${NOW / 1000 + 50}` },
      want: 250,
    },
    {
      given: 'the backoff where the bucket is full',
      headers: { date: DATE, 'x-reset': `${NOW / 1000}`, 'x-limit': '5' },
      want: 250,
    },
    { given: 'the backoff without headers', headers: {}, random: 1, want: 500 },
  ])('waits for $given: $want ms', async ({ headers, want, ...given }) => {
    const [pause] = await pauses([limited(headers), fine], given);
    expect(pause).toBeCloseTo(want, 6);
  });

  test('headers without a name are not read', async () => {
    const response = limited({ date: DATE, 'x-reset': `${NOW / 1000 + 50}`, 'x-limit': '10' });
    expect(await pauses([response, fine], { names: {} })).toEqual([250]);
  });
});
