import { defaultContract } from '../../contract/load/default.js';
import { replay } from '../../replay/replay.js';
import { visits } from '../../replay/test-support/visits.js';
import { atMost, duration, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';

const ROUNDS = 5;
const EXCHANGES = 2500;

/** The processor time that a replay of many exchanges on the embedded tenant takes. */
export async function measureReplay(): Promise<readonly Figure[]> {
  const contract = await defaultContract();
  const recordings = await visits(EXCHANGES);
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = process.cpuUsage();
    const { total } = await replay({ contract, recordings });
    const { user, system } = process.cpuUsage(before);
    if (total.matched !== EXCHANGES) throw new Error(`${total.matched} of ${EXCHANGES} exchanges matched.`);
    if (round > 0) times.push((user + system) / 1000);
  }
  return [
    {
      name: `replay of ${EXCHANGES} exchanges, processor time`,
      measured: duration(median(times)),
      ...atMost(median(times) / 1000, 5, ' s'),
    },
  ];
}
