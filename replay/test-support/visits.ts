import type { Recording } from '../recorded/recording.js';
import { exchange, recordingOf, sentUser, userShown } from './recorded.js';

/** Recordings that create users and roles, assign these, list and remove them. @param count - of exchanges, by hundreds */
export async function visits(count: number): Promise<readonly Recording[]> {
  const all = Array.from({ length: count / 5 }, (_, index) => {
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
  const size = all.length / 20;
  return Promise.all(
    Array.from({ length: 20 }, (_, part) => recordingOf(all.slice(part * size, (part + 1) * size).flat())),
  );
}
