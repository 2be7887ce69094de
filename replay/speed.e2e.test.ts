import { expect, it } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import { replay } from './replay.js';
import { exchange, recordingOf, sentUser, userShown } from './test-support/recorded.js';

const EXCHANGES = 2500;
/** The limit in seconds of CPU time, because tests share the processor. */
const MOST_SECONDS = 5;

it(`${EXCHANGES} exchanges replay in less than ${MOST_SECONDS} s on the embedded tenant`, {
  timeout: 300_000,
}, async () => {
  const visits = Array.from({ length: EXCHANGES / 5 }, (_, index) => {
    const hex = index.toString(16).padStart(24, '0');
    const role = { id: `rol_${String(index).padStart(16, 'A')}`, name: `Guide ${index}` };
    const user = `/users/auth0%7C${hex}`;
    return [
      exchange('POST /users', sentUser(`u${index}@example.com`), 201, userShown(hex, `u${index}@example.com`)),
      exchange('POST /roles', { name: role.name }, 200, role),
      exchange(`POST ${user}/roles`, { roles: [role.id] }, 204),
      exchange(`GET ${user}/roles`, undefined, 200, [role]),
      exchange(`DELETE /roles/${role.id}`, undefined, 200, {}),
    ];
  });
  const recordings = await Promise.all(
    Array.from({ length: 20 }, (_, part) =>
      recordingOf(visits.slice((part * visits.length) / 20, ((part + 1) * visits.length) / 20).flat()),
    ),
  );
  const contract = await defaultContract();
  const before = process.cpuUsage();
  const { total } = await replay({ contract, recordings });
  const { user, system } = process.cpuUsage(before);
  expect(total).toMatchObject({ exchanges: EXCHANGES, matched: EXCHANGES });
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
});
