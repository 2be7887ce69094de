import { describe, expect, it } from 'vitest';
import { editJson } from '../conformance/arbitraries/json-edit.js';
import type { Json } from '../contract/contract.js';
import { changed, type Exchange, exchange, replayed, sentUser, userShown } from './test-support/recorded.js';

const HEX = '0123456789abcdef01234567';
const USER = `/users/auth0%7C${HEX}`;
const ROLE = { id: 'rol_AAAAAAAAAAAAAAAA', name: 'Guide', description: 'Leads tours' };

/** The life of a user, with the answers of a real tenant. */
const day: readonly Exchange[] = [
  exchange('POST /users', sentUser('ada@example.com'), 201, userShown(HEX, 'ada@example.com')),
  exchange('POST /roles', { name: 'Guide', description: 'Leads tours' }, 200, ROLE),
  exchange(`POST ${USER}/roles`, { roles: [ROLE.id] }, 204),
  exchange(`GET ${USER}/roles?include_totals=true&per_page=50`, undefined, 200, {
    roles: [ROLE],
    start: 0,
    limit: 50,
    total: 1,
  }),
  exchange(`GET /roles/${ROLE.id}/users?take=10`, undefined, 200, {
    users: [
      {
        user_id: `auth0|${HEX}`,
        email: 'ada@example.com',
        name: 'ada@example.com',
        picture: 'https://s.gravatar.com/avatar/0',
      },
    ],
  }),
  exchange(`DELETE /roles/${ROLE.id}`, undefined, 200, {}),
  exchange(`DELETE ${USER}`, undefined, 204),
  exchange(`GET ${USER}`, undefined, 404, {
    statusCode: 404,
    error: 'Not Found',
    message: 'The user does not exist.',
    errorCode: 'inexistent_user',
  }),
];

const withStatus = (at: number, status: number): readonly Exchange[] =>
  day.with(at, { ...(day[at] as Exchange), response: { ...(day[at] as Exchange).response, status } });

const withBody = (at: number, pointer: string, value: Json): readonly Exchange[] => {
  const { request, response } = day[at] as Exchange;
  return day.with(at, {
    request,
    response: { ...response, body: editJson(response.body ?? null, { kind: 'set', pointer, value }) },
  });
};

describe('a recording with one change', () => {
  it('matches before the change', async () => {
    expect((await replayed(day)).total).toMatchObject({ matched: day.length, mismatched: 0 });
  });

  it.each([
    ['a status', 2, withStatus(2, 201), 'status'],
    ['a status that is documented too', 5, withStatus(5, 404), 'status'],
    ['the status of a creation', 1, withStatus(1, 500), 'status'],
    ["a field's type", 0, withBody(0, '/email_verified', 'no'), 'body/email_verified'],
    ["a field's type in a listing", 3, withBody(3, '/roles/0/name', 7), 'body/roles/0/name'],
    ['an errorCode', 7, withBody(7, '/errorCode', 'inexistent_role'), 'body/errorCode'],
    ['a value that was sent, in its own answer', 1, withBody(1, '/description', 'Cooks'), 'body/description'],
    [
      'a value that was sent, in a listing',
      3,
      withBody(3, '/roles/0/description', 'Cooks'),
      'body/roles/0/description',
    ],
    [
      'a value that was sent, in the listing of something else',
      4,
      withBody(4, '/users/0/email', 'eve@example.com'),
      'body/users/0/email',
    ],
    ['an id that was sent', 3, withBody(3, '/roles/0/id', 'rol_BBBBBBBBBBBBBBBB'), 'body/roles/0'],
    ['a count', 3, withBody(3, '/total', 2), 'body/total'],
    ['a value derived from what was sent', 0, withBody(0, '/name', 'Ada'), 'body/name'],
  ] as const)('is reported at its exchange: %s', async (_, at, exchanges, place) => {
    const report = await replayed(exchanges);
    const found = report.recordings[0]?.mismatches.find((mismatch) => mismatch.exchange === at + 1);
    expect(found?.differences.map((each) => each.place)).toContain(place);
    expect(report.total.mismatched).toBeGreaterThanOrEqual(1);
  });
});

describe('a target with one fault', () => {
  const only = (pattern: RegExp) => (request: { readonly method: string; readonly path: string }) =>
    pattern.test(`${request.method} ${request.path}`);

  it.each([
    ['a status', only(/^POST .*\/roles$/), (status: number) => (status === 204 ? 200 : status), 2],
    ['a status of a refusal', only(/^GET \/api\/v2\/users\/[^/]+$/), () => 410, 7],
  ] as const)('is reported: %s', async (_, concerns, status, at) => {
    const target = await changed(async (request, answer) => {
      const response = await answer();
      return concerns(request) ? { ...response, status: status(response.status) } : response;
    });
    const report = await replayed(day, { target });
    expect(report.recordings[0]?.mismatches.map((mismatch) => mismatch.exchange - 1)).toContain(at);
  });

  it.each([
    ['an assignment that a listing verifies', /^POST .*\/users\/[^/]+\/roles$/, 204, [3, 4]],
    ['a deletion that a refusal verifies', /^DELETE .*\/users\//, 204, [7]],
    ['a deletion that no later exchange verifies', /^DELETE .*\/roles\//, 200, [5]],
  ] as const)('is reported: it loses %s', async (_, lost, status, at) => {
    const target = await changed(async (request, answer) =>
      lost.test(`${request.method} ${request.path}`)
        ? {
            status,
            headers: { 'content-type': 'application/json' },
            ...(status === 200 ? { text: '{}', json: {} } : { text: '' }),
          }
        : answer(),
    );
    const report = await replayed(day, { target });
    expect(report.recordings[0]?.mismatches.map((mismatch) => mismatch.exchange - 1)).toEqual(
      expect.arrayContaining([...at]),
    );
  });

  it('is reported of what the target answers to our own requests, whatever is assumed of the exchange', async () => {
    const target = await changed(async ({ method, path }, answer) => {
      const response = await answer();
      return method === 'POST' && path === '/api/v2/roles' ? { ...response, json: [], text: '[]' } : response;
    });
    const role = { id: 'rol_AAAAAAAAAAAAAAAA', name: 'Keeper' };
    const before = [
      exchange('GET /roles/rol_AAAAAAAAAAAAAAAA', undefined, 503, {}),
      exchange('GET /roles/rol_AAAAAAAAAAAAAAAA', undefined, 200, role),
    ];
    const [recording] = (await replayed(before, { target })).recordings;
    const places = recording?.mismatches.flatMap(({ differences }) => differences.map(({ place }) => place));
    expect(places?.filter((place) => place.startsWith('before POST /api/v2/roles'))).not.toEqual([]);
  });

  it.each([
    ['POST /api/v2/users', '/created_at', 0],
    ['POST /api/v2/users', '/nickname', 0],
    ['POST /api/v2/roles', '/description', 1],
    ['GET /api/v2/users/', '/roles/0/description', 3],
    ['GET /api/v2/users/', '/total', 3],
    ['GET /api/v2/roles/', '/users/0/name', 4],
  ])('is reported: %s without %s', async (line, pointer, at) => {
    const target = await changed(async (request, answer) => {
      const response = await answer();
      if (
        !`${request.method} ${request.path}`.startsWith(line) ||
        response.json === undefined ||
        response.status >= 300
      ) {
        return response;
      }
      const json = editJson(response.json, { kind: 'remove', pointer });
      return { ...response, json, text: JSON.stringify(json) };
    });
    const report = await replayed(day, { target });
    expect(report.recordings[0]?.mismatches.map((mismatch) => mismatch.exchange - 1)).toContain(at);
  });
});
