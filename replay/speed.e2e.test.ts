import { expect, it } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import { replay } from './replay.js';
import { visits } from './test-support/visits.js';

/** `npm run bench` has the seconds: here, tests share the processor. */
it('2500 exchanges replay on the embedded tenant in a time that grows with their number', {
  timeout: 300_000,
}, async () => {
  const contract = await defaultContract();
  const spentOn = async (exchanges: number): Promise<number> => {
    const recordings = await visits(exchanges);
    const before = process.cpuUsage();
    const { total } = await replay({ contract, recordings });
    const { user, system } = process.cpuUsage(before);
    expect(total).toMatchObject({ exchanges, matched: exchanges });
    return user + system;
  };
  await spentOn(100);
  // Five times as many take less than five times as long. If each were compared with all others: 25 times.
  expect(await spentOn(2500)).toBeLessThan(12 * (await spentOn(500)));
});
