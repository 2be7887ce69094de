import { systemClock } from '../../conformance/target/clock.js';
import { embeddedTarget } from '../../conformance/target/embedded.js';
import type { Circumstance } from './circumstance.js';
import { served } from './served.js';
import { simulated } from './simulated.js';

const FIVE_MINUTES_MS = 5 * 60_000;

function clockOff(name: string, title: string, milliseconds: number): Circumstance {
  return {
    name,
    title,
    async begin(contract) {
      const clock = { ...systemClock, now: () => systemClock.now() + milliseconds };
      return { target: await embeddedTarget(contract), clock, end: async () => undefined };
    },
  };
}

/** The tenant as it is: its number of seeds is an option of its own. */
export const embedded: Circumstance = {
  name: 'embedded',
  title: 'the embedded tenant',
  begin: async (contract) => ({ target: await embeddedTarget(contract), end: async () => undefined }),
};

/** Everything that is no fault of a server, but that checks may take for one. */
export const circumstances: readonly Circumstance[] = [
  embedded,
  simulated('latency', 'a response takes 200 ms', { latencyMs: 200 }),
  simulated('resets', '2 % of connections break', { resets: 0.02 }),
  clockOff('clock-ahead', 'the clock of verify is 5 minutes ahead', FIVE_MINUTES_MS),
  clockOff('clock-behind', 'the clock of verify is 5 minutes behind', -FIVE_MINUTES_MS),
  served('gzip', 'responses are compressed where requests allow it', { gzip: true }),
  served('no-keep-alive', 'each response ends its connection', { closes: true }),
  served('nginx', 'nginx stands before the server', { nginx: true }),
  simulated('late-members', 'listings of members are up to 2 s late', { lateMembers: true }),
  simulated('other-client', 'another client creates and deletes', { others: true }),
];
