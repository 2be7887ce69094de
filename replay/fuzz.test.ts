import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { embeddedTarget } from '../conformance/target/embedded.js';
import type { Target } from '../conformance/target/target.js';
import { instantClock } from '../conformance/test-support/instant-clock.js';
import type { Json } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
import { isObject } from '../contract/pointer.js';
import { ReplayError } from './errors.js';
import { parseRecordings } from './read/read-recordings.js';
import { replay } from './replay.js';
import { type Exchange, exchange, sentUser, userShown } from './test-support/recorded.js';

const HEX = '0123456789abcdef01234567';
const ROLE = { id: 'rol_AAAAAAAAAAAAAAAA', name: 'Guide' };
const API = 'https://tours.example/';

const seeds: readonly Exchange[] = [
  exchange('POST /users', sentUser('ada@example.com'), 201, userShown(HEX, 'ada@example.com')),
  exchange('POST /roles', { name: 'Guide' }, 200, ROLE),
  exchange(`POST /users/auth0%7C${HEX}/roles`, { roles: [ROLE.id] }, 204),
  exchange(`GET /users/auth0%7C${HEX}/roles?include_totals=true`, undefined, 200, {
    roles: [ROLE],
    start: 0,
    limit: 50,
    total: 1,
  }),
  exchange(
    `POST /roles/${ROLE.id}/permissions`,
    { permissions: [{ resource_server_identifier: API, permission_name: 'read:tours' }] },
    201,
    {},
  ),
  exchange('GET /client-grants', undefined, 200, [
    { id: 'cgr_BBBBBBBBBBBBBBBB', client_id: 'C'.repeat(32), audience: API, scope: ['read:tours'] },
  ]),
  exchange('GET /organizations/org_DDDDDDDDDDDDDDDD/members?take=1', undefined, 200, {
    members: [{ user_id: `auth0|${HEX}` }],
    next: 'abcdefgh',
  }),
  exchange('DELETE /roles/rol_AAAAAAAAAAAAAAAA', undefined, 404, {
    statusCode: 404,
    error: 'Not Found',
    message: 'The role does not exist.',
  }),
];

/** Values that break careless code. */
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    null,
    '',
    '__proto__',
    'constructor',
    '..',
    '%',
    '%ff',
    '\ud800',
    '{id}',
    `${'x'.repeat(5000)}`,
    -1,
    1e308,
    [],
    {},
    [[]],
    [null],
    { constructor: { prototype: 1 } },
    'https://elsewhere.invalid/api/v2/roles',
  ),
);

/** A value with one location replaced. */
function withEdit(value: Json, path: readonly number[], edit: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return edit;
  if (Array.isArray(value) && value.length > 0) {
    const at = step % value.length;
    return value.with(at, withEdit(value[at] ?? null, rest, edit));
  }
  const names = isObject(value) ? Object.keys(value) : [];
  const name = names[step % Math.max(names.length, 1)];
  if (!isObject(value) || name === undefined) return edit;
  return { ...value, [name]: withEdit(value[name] ?? null, rest, edit) };
}

describe('a manipulated recording', () => {
  let target: Target;
  const elsewhere: string[] = [];

  beforeAll(async () => {
    const inner = await embeddedTarget(await defaultContract());
    target = {
      ...inner,
      send: (request, limits) => {
        if (!request.path.startsWith('/') || request.path.startsWith('//')) elsewhere.push(request.path);
        return inner.send(request, limits);
      },
    };
  });

  it('is replayed or refused and never crashes', { timeout: 300_000 }, async () => {
    const contract = await defaultContract();
    const clock = instantClock();
    const order = fc.shuffledSubarray([...seeds.keys()], { minLength: 3 });
    const edits = fc.array(fc.tuple(fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }), hostile), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, edits, fc.boolean(), async (indexes, changes, isUncertain) => {
        const plain = {
          source: isUncertain ? 'order is not certain' : 'sure',
          exchanges: indexes.map((index) => seeds[index] as unknown as Json),
        };
        const meddled = changes.reduce<Json>((value, [path, edit]) => withEdit(value, path, edit), plain);
        try {
          const recordings = await parseRecordings('x.json', new TextEncoder().encode(JSON.stringify(meddled)));
          const { total } = await replay({ contract, recordings, target, clock });
          expect(total.matched + total.mismatched + total.assumed).toBe(total.inContract);
          expect(total.inContract + total.outside).toBe(total.exchanges);
        } catch (error) {
          if (!(error instanceof ReplayError)) throw error;
        }
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(elsewhere).toEqual([]);
  });
});
