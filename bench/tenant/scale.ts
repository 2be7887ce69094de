import { atMost, count, duration, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';
import { Child } from './child.js';
import type { Filled, Times } from './scale-process.js';

const ROUNDS = 5;

/** What the same calls take where there are a hundred times the users: organizations have 100 members in both. */
export async function measureScale(): Promise<readonly Figure[]> {
  const small = new Child('scale-process', ['1000', '10']);
  const large = new Child('scale-process', ['100000', '1000']);
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
          name: `100,000 users: ${name}`,
          measured: duration(time / 1000),
          ratio: `${ratio.toFixed(2)} × 1,000 users`,
          ...atMost(ratio, 2, ' ×'),
        };
      }),
      { name: 'memory per user', measured: `${count(bytesPerUser)} bytes`, ...atMost(bytesPerUser, 527, ' bytes') },
    ];
  } finally {
    small.stop();
    large.stop();
  }
}
