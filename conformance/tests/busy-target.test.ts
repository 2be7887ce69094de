import { expect, test } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const read = (name: string) => ({ get: { operationId: name, responses: { '204': { description: 'Read' } } } });
const names = ['roles', 'teams', 'users', 'groups'];
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Directory', version: '1' },
  paths: Object.fromEntries(names.map((name) => [`/${name}`, read(name)])),
});

/** A server that cannot process two requests at once. */
function busyTarget(workers: number): Target {
  let underWay = 0;
  return {
    name: 'directory',
    url: 'https://directory.example',
    audience: 'directory',
    credentials: {},
    metered: false,
    workers,
    async send() {
      underWay += 1;
      const status = underWay > 1 ? 503 : 204;
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
      return { status, headers: {}, text: '' };
    },
    close: async () => undefined,
  };
}

test('a server error that depends on other requests says how many there were: sent alone, the request succeeds', async () => {
  const only = ['*/documented-success'];
  const [alone, together] = await Promise.all(
    [1, 4].map((workers) => verifyTarget(contract, busyTarget(workers), { only })),
  );
  expect(alone?.findings).toEqual([]);
  expect(together?.findings.map(({ code }) => code)).toEqual(['SERVER_ERROR']);
  expect(together?.findings[0]?.expected).toMatch(/^a status below 500, also with [123] other requests? under way$/);
});

test('a path that refuses for its rate holds no other paths back', async () => {
  /** Refuses teams until a minute has passed, which ends when all users were read. @returns the users read by then */
  const usersReadBefore = async (refuses: boolean, users: number): Promise<number> => {
    let now = 0;
    let read = 0;
    let wake = (): void => undefined;
    const sleep = async (milliseconds: number, signal?: AbortSignal) => {
      await new Promise<void>((resolve) => {
        // The run ends before its time is up.
        signal?.addEventListener('abort', () => resolve(), { once: true });
        if (milliseconds >= 600_000) return;
        wake = resolve;
        setTimeout(resolve, 2000);
      });
      now += milliseconds;
    };
    const target: Target = {
      ...busyTarget(2),
      async send({ path }) {
        await new Promise(setImmediate);
        if (path === '/teams' && now === 0 && refuses)
          return { status: 429, headers: { 'retry-after': '60' }, text: '' };
        if (path === '/users' && now === 0) read += 1;
        if (read === users) wake();
        return { status: 204, headers: {}, text: '' };
      },
    };
    // More checks of teams than workers, and others before and after them.
    const only = ['roles/documented-success', 'teams/*', 'users/documented-success'];
    const options = { only, clock: { now: () => now, sleep }, timeoutMs: 900_000 };
    await verifyTarget(contract, target, options);
    return read;
  };
  const all = await usersReadBefore(false, 0);
  expect(await usersReadBefore(true, all)).toBe(all);
});
