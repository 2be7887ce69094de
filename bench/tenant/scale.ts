import { atMost, count, duration, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';
import { Child } from './child.js';
import type { Filled, Times } from './scale-process.js';

const ROUNDS = 25;

const SMALL = 1000;

/**
 * What the same calls take where there are many more users: organizations have 100 members in both.
 *
 * @param users - of the large tenant; with a hundredth of the organizations
 * @param isLoaded - whether the large tenant has them from a state file instead of requests
 */
export async function measureScale(users: number, isLoaded: boolean): Promise<readonly Figure[]> {
  const args = (count: number) => [count, count / 100].map(String);
  const small = new Child('scale-process', args(SMALL));
  const large = new Child('scale-process', [...args(users), ...(isLoaded ? ['loaded'] : [])]);
  const size = `${users.toLocaleString('en')} users${isLoaded ? ' from a state file' : ''}`;
  try {
    const [, { bytesPerUser }] = await Promise.all([small.receive<Filled>(), large.receive<Filled>()]);
    const rounds: { readonly small: Times; readonly large: Times }[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const times = { small: await small.ask<Times>({}), large: await large.ask<Times>({}) };
      if (round > 0) rounds.push(times);
    }
    const names = Object.keys(rounds[0]?.large ?? {});
    return [
      ...names.map((name): Figure => {
        const time = median(rounds.map(({ large }) => large[name] ?? Number.NaN));
        const ratio = time / median(rounds.map(({ small }) => small[name] ?? Number.NaN));
        return {
          name: `${size}: ${name}`,
          measured: duration(time / 1000),
          ratio: `${ratio.toFixed(2)} × 1,000 users`,
          ...atMost(ratio, 2, ' ×'),
        };
      }),
      {
        name: `memory per user${isLoaded ? ' from a state file' : ''}`,
        measured: `${count(bytesPerUser)} bytes`,
        ...atMost(bytesPerUser, 527, ' bytes'),
      },
    ];
  } finally {
    small.stop();
    large.stop();
  }
}
