import { describe, expect, it } from 'vitest';
import type { Target } from '../conformance/target/target.js';
import { changed, type Exchange, exchange, JSON_TYPE, replayed, sentUser, userShown } from './test-support/recorded.js';

const role = (id: string, name: string) => ({ id: `rol_${id}`, name });
const HEX = '0123456789abcdef01234567';
const USER = `/users/auth0%7C${HEX}`;

interface Case {
  readonly given: string;
  readonly exchanges: readonly Exchange[];
  readonly want?: { readonly matched?: number; readonly assumed?: number; readonly outside?: number };
}

const cases: readonly Case[] = [
  {
    given: 'a role from before the recording',
    exchanges: [
      exchange('GET /roles/rol_AAAAAAAAAAAAAAAA', undefined, 200, {
        ...role('AAAAAAAAAAAAAAAA', 'Keeper'),
        description: 'Keeps',
      }),
      exchange('PATCH /roles/rol_AAAAAAAAAAAAAAAA', { description: 'Kept' }, 200, {
        ...role('AAAAAAAAAAAAAAAA', 'Keeper'),
        description: 'Kept',
      }),
      exchange('DELETE /roles/rol_AAAAAAAAAAAAAAAA', undefined, 200, {}),
    ],
  },
  {
    given: 'a user who has a role from before the recording, which neither was made here',
    exchanges: [
      exchange(`GET ${USER}/roles`, undefined, 200, [role('BBBBBBBBBBBBBBBB', 'Guide')]),
      exchange(`DELETE ${USER}/roles`, { roles: ['rol_BBBBBBBBBBBBBBBB'] }, 204),
      exchange(`GET ${USER}/roles`, undefined, 200, []),
    ],
  },
  {
    given: 'a permission of an API from before the recording, known by name',
    exchanges: [
      exchange('POST /roles', { name: 'Reader' }, 200, role('CCCCCCCCCCCCCCCC', 'Reader')),
      exchange(
        'POST /roles/rol_CCCCCCCCCCCCCCCC/permissions',
        { permissions: [{ resource_server_identifier: 'https://tours.example/', permission_name: 'read:tours' }] },
        201,
        {},
      ),
      exchange('GET /roles/rol_CCCCCCCCCCCCCCCC/permissions?include_totals=true', undefined, 200, {
        permissions: [
          {
            permission_name: 'read:tours',
            description: 'See tours',
            resource_server_name: 'Tours',
            resource_server_identifier: 'https://tours.example/',
          },
        ],
        start: 0,
        limit: 50,
        total: 1,
      }),
    ],
  },
  {
    given: 'a client grant from before the recording, with its client and API',
    exchanges: [
      exchange('GET /client-grants', undefined, 200, [
        {
          id: 'cgr_DDDDDDDDDDDDDDDD',
          client_id: 'EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE',
          audience: 'https://tours.example/',
          scope: ['read:tours'],
        },
      ]),
    ],
  },
  {
    given: 'a member with a role, both from before the recording, in one listing',
    exchanges: [
      exchange('GET /organizations/org_FFFFFFFFFFFFFFFF/members?fields=user_id%2Croles', undefined, 200, [
        { user_id: `auth0|${HEX}`, roles: [role('GGGGGGGGGGGGGGGG', 'Mate')] },
      ]),
    ],
  },
  {
    given: 'refusals for a deleted role, for which nothing is created',
    exchanges: [
      exchange('GET /roles/rol_HHHHHHHHHHHHHHHH', undefined, 404, {
        statusCode: 404,
        error: 'Not Found',
        message: 'The role does not exist.',
      }),
      exchange(`DELETE ${USER}/roles`, { roles: ['rol_HHHHHHHHHHHHHHHH'] }, 404, {
        statusCode: 404,
        error: 'Not Found',
        message: 'The role does not exist.',
      }),
      exchange(`DELETE ${USER}`, undefined, 204),
    ],
  },
  {
    given: 'a name that was taken before the recording',
    exchanges: [
      exchange('POST /users', sentUser('taken@example.com'), 409, {
        statusCode: 409,
        error: 'Conflict',
        message: 'The user already exists.',
        errorCode: 'auth0_idp_error',
      }),
    ],
  },
  {
    given: 'a refused token, a missing token and a token without the scope',
    exchanges: [
      exchange('GET /roles', undefined, 401, {
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Missing authentication',
      }),
      exchange('GET /roles', undefined, 400, {
        statusCode: 400,
        error: 'Bad Request',
        message: 'Bad HTTP authentication header format',
        errorCode: 'Bearer',
      }),
      exchange('GET /roles', undefined, 403, {
        statusCode: 403,
        error: 'Forbidden',
        message: 'Insufficient scope, expected any of: read:roles',
        errorCode: 'insufficient_scope',
      }),
      exchange('GET /roles', undefined, 401, {
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Expired token received for JSON Web Token validation',
      }),
    ],
    want: { matched: 3, assumed: 1 },
  },
  {
    given: 'a rate limit, and the same request again',
    exchanges: [
      exchange('GET /roles', undefined, 429, {
        statusCode: 429,
        error: 'Too Many Requests',
        message: 'Global limit has been reached',
        errorCode: 'too_many_requests',
      }),
      exchange('GET /roles', undefined, 200, []),
    ],
    want: { matched: 1, assumed: 1 },
  },
  {
    given: 'a refusal with only redacted values',
    exchanges: [
      exchange('GET /resource-servers/0123456789abcdef01234567', undefined, 404, {}),
      exchange('GET /clients/KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK', undefined, 429, {
        client_secret: '[REDACTED]',
        signing_keys: [{ cert: '[REDACTED]' }],
      }),
    ],
    want: { matched: 1, assumed: 1 },
  },
  {
    given: 'a creation outside the contract that later exchanges need',
    exchanges: [
      exchange('POST /clients', { name: 'App', quantum_level: 'none' }, 201, {
        client_id: 'LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL',
        name: 'App',
        quantum_level: 'none',
      }),
      exchange('GET /clients/LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL', undefined, 200, {
        client_id: 'LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL',
        name: 'App',
      }),
    ],
    want: { matched: 1, outside: 1 },
  },
  {
    given: 'pages by number, in another order than the target has',
    exchanges: [
      ...['a', 'b', 'c'].map((name, at) => exchange('POST /roles', { name }, 200, role(String(at).repeat(16), name))),
      exchange('GET /roles?per_page=2&page=0', undefined, 200, [role('2'.repeat(16), 'c'), role('0'.repeat(16), 'a')]),
      exchange('GET /roles?per_page=2&page=1', undefined, 200, [role('1'.repeat(16), 'b')]),
    ],
  },
  {
    given: 'a listing that lacks what was just written',
    exchanges: [
      exchange('POST /users', sentUser('late@example.com'), 201, userShown(HEX, 'late@example.com')),
      exchange('POST /organizations', { name: 'crew' }, 201, { id: 'org_MMMMMMMMMMMMMMMM', name: 'crew' }),
      exchange('POST /organizations/org_MMMMMMMMMMMMMMMM/members', { members: [`auth0|${HEX}`] }, 204),
      exchange('GET /organizations/org_MMMMMMMMMMMMMMMM/members?include_totals=true', undefined, 200, {
        members: [],
        start: 0,
        limit: 50,
        total: 0,
      }),
    ],
  },
];

describe('a recording that is entirely in the contract', () => {
  it.each(cases)('matches: $given', async ({ exchanges, want = {} }) => {
    const report = await replayed(exchanges);
    expect(report.recordings.flatMap(({ mismatches }) => mismatches)).toEqual([]);
    const { matched, assumed, outside } = report.total;
    expect({ matched, assumed, outside }).toEqual({ matched: exchanges.length, assumed: 0, outside: 0, ...want });
  });
});

describe('a recording of another API', () => {
  it('is outside the contract and nothing is sent', async () => {
    const report = await replayed([
      exchange('GET /tours', undefined, 200, []),
      {
        request: { method: 'GET', path: 'https://other.example/v1/things?x=1' },
        response: { status: 200, body: { __proto__: 1 } },
      },
      { request: { method: 'POST', path: '//other.example/api/v2/roles' }, response: { status: 200 } },
      { request: { method: 'DELETE', path: '/api/v2/users/../roles' }, response: { status: 200 } },
    ]);
    expect(report.total).toMatchObject({ exchanges: 4, inContract: 0, outside: 4, mismatched: 0 });
    expect(report.recordings[0]?.notInContract.map(({ reason }) => reason)).toEqual(Array(4).fill('no such operation'));
  });
});

describe('a target that answers differently', () => {
  it('is reported with expected and actual values', async () => {
    const report = await replayed([
      exchange('POST /roles', { name: 'a' }, 200, role('N'.repeat(16), 'b')),
      exchange('GET /roles/rol_NNNNNNNNNNNNNNNN', undefined, 200, role('N'.repeat(16), 'a')),
    ]);
    expect(report.total).toMatchObject({ matched: 1, mismatched: 1, conform: 2 });
    const [mismatch] = report.recordings[0]?.mismatches ?? [];
    expect(mismatch).toMatchObject({
      exchange: 1,
      request: 'POST /api/v2/roles',
      differences: [{ place: 'body/name', expected: 'b', actual: 'a' }],
    });
    expect(mismatch?.expected).toMatchObject({ status: 200, body: { name: 'b' } });
    expect(mismatch?.actual).toMatchObject({ status: 200, body: { name: 'a' } });
  });

  it('violates the contract with an undocumented answer', async () => {
    const report = await replayed([
      exchange('POST /roles', { name: 'a' }, 207, role('O'.repeat(16), 'a')),
      exchange('DELETE /roles/rol_OOOOOOOOOOOOOOOO', undefined, 200, {}),
    ]);
    expect(report.total).toMatchObject({ inContract: 2, conform: 1, matched: 1, mismatched: 1 });
    expect(report.recordings[0]?.mismatches[0]?.differences[0]).toMatchObject({ place: 'status', actual: 207 });
  });

  it('is reported also where a parameter has no stated meaning: this contract states what it stores', async () => {
    const hex = '0123456789abcdef01234568';
    const target = await changed(async ({ method, path }, answer) => {
      const given = await answer();
      return method === 'GET' && path.startsWith('/api/v2/users?') ? { ...given, text: '[]', json: [] } : given;
    });
    const { total } = await replayed(
      [
        exchange('POST /users', sentUser('una@example.com'), 201, userShown(hex, 'una@example.com')),
        exchange('GET /users?search_engine=v3', undefined, 200, [userShown(hex, 'una@example.com')]),
      ],
      { target },
    );
    expect(total).toMatchObject({ matched: 1, mismatched: 1, assumed: 0 });
  });
});

describe('a change by an exchange outside the contract', () => {
  it('is not expected of a target', async () => {
    const other = 'fedcba9876543210fedcba98';
    const linked = {
      ...userShown(HEX, 'a@example.com'),
      identities: [
        { connection: 'Username-Password-Authentication', user_id: HEX, provider: 'auth0', isSocial: false },
        { connection: 'Username-Password-Authentication', user_id: other, provider: 'auth0', isSocial: false },
      ],
    };
    const report = await replayed([
      exchange('POST /users', sentUser('a@example.com'), 201, userShown(HEX, 'a@example.com')),
      exchange('POST /users', sentUser('b@example.com'), 201, userShown(other, 'b@example.com')),
      exchange(`POST ${USER}/identities`, { provider: 'auth0', user_id: `auth0|${other}` }, 201, []),
      exchange(`GET ${USER}`, undefined, 200, linked),
      exchange(`GET /users/auth0%7C${other}`, undefined, 404, {
        statusCode: 404,
        error: 'Not Found',
        message: 'The user does not exist.',
        errorCode: 'inexistent_user',
      }),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 3, outside: 1, assumed: 1 });
  });
});

describe('an id chosen by a client', () => {
  it('is translated as an id and kept as an ordinary word elsewhere', async () => {
    const email = 'testaccuser@example.com';
    const shown = { ...userShown('testaccuser', email), given_name: 'testaccuser' };
    const report = await replayed([
      exchange('POST /users', { ...sentUser(email), unheard_of: 1, given_name: 'testaccuser' }, 201, shown),
      exchange('GET /users/auth0%7Ctestaccuser', undefined, 200, shown),
      exchange('PATCH /users/auth0%7Ctestaccuser', { given_name: 'testaccuser II' }, 200, {
        ...shown,
        given_name: 'testaccuser II',
      }),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 2, outside: 1 });
  });
});

describe('what only requests outside the contract have set', () => {
  const client = { client_id: 'a'.repeat(32), name: 'App' };

  it('is not expected of a target, however it was created', async () => {
    const shown = { ...client, allowed_clients: [] };
    const report = await replayed([
      exchange(`PATCH /clients/${client.client_id}`, { name: 'App', allowed_clients: [], unheard_of: 1 }, 200, shown),
      exchange('GET /clients?page=0&per_page=100&include_totals=true', undefined, 200, {
        total: 1,
        start: 0,
        limit: 100,
        clients: [shown],
      }),
      exchange(`GET /clients/${client.client_id}`, undefined, 200, shown),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ outside: 1, matched: 2 });
  });

  it('is expected again after a request in the contract has set it', async () => {
    const report = await replayed([
      exchange('POST /roles', { name: 'Guide', description: 'old' }, 200, {
        ...role('A'.repeat(16), 'Guide'),
        description: 'old',
      }),
      exchange(`PATCH /roles/rol_${'A'.repeat(16)}`, { description: 'outside', unheard_of: 1 }, 200, {
        ...role('A'.repeat(16), 'Guide'),
        description: 'outside',
      }),
      exchange(`GET /roles/rol_${'A'.repeat(16)}`, undefined, 200, {
        ...role('A'.repeat(16), 'Guide'),
        description: 'any',
      }),
      exchange(`PATCH /roles/rol_${'A'.repeat(16)}`, { description: 'new' }, 200, {
        ...role('A'.repeat(16), 'Guide'),
        description: 'wrong',
      }),
    ]);
    expect(report.recordings[0]?.mismatches.map((mismatch) => mismatch.exchange)).toEqual([4]);
  });
});

describe('redacted values', () => {
  it('fit any schema, also in a listing', async () => {
    const report = await replayed([
      exchange('GET /users', undefined, 200, [
        { user_id: `auth0|${HEX}`, email: 'a@travel0.example', app_metadata: '[REDACTED]' },
      ]),
    ]);
    expect(report.total).toMatchObject({ conform: 1, matched: 1 });
  });
});

describe('an incomplete recording', () => {
  const without = (each: Exchange, part: 'request' | 'response') => ({
    ...each,
    [part]: { ...each[part], incomplete: true },
  });
  const guide = role('B'.repeat(16), 'Guide');
  const start = [
    exchange('POST /users', sentUser('ada@example.com'), 201, userShown(HEX, 'ada@example.com')),
    exchange('POST /roles', { name: 'Guide' }, 200, guide),
    exchange(`POST ${USER}/roles`, { roles: [guide.id] }, 204),
  ];

  it.each<[string, readonly Exchange[], object]>([
    [
      'a removal without its body, and what depends on it',
      [
        ...start,
        without(exchange(`DELETE ${USER}/roles`, undefined, 204), 'request'),
        exchange(`GET ${USER}/roles`, undefined, 200, []),
        exchange(`GET /roles/${guide.id}/users`, undefined, 200, []),
        exchange('GET /roles', undefined, 200, [guide]),
      ],
      { inContract: 7, conform: 6, matched: 4, assumed: 3 },
    ],
    [
      'a listing without its body',
      [...start, without(exchange(`GET ${USER}/roles`, undefined, 200), 'response')],
      { inContract: 4, conform: 3, matched: 3, assumed: 1 },
    ],
    [
      'a creation without its answer',
      [
        without(exchange('POST /roles', { name: 'Guide' }, 200), 'response'),
        exchange(`GET /roles/${guide.id}`, undefined, 200, guide),
      ],
      { inContract: 2, conform: 1, matched: 1, assumed: 1 },
    ],
    [
      'a change without its answer, which takes effect',
      [
        ...start,
        without(exchange(`PATCH /roles/${guide.id}`, { name: 'Chief' }, 200), 'response'),
        exchange(`GET /roles/${guide.id}`, undefined, 200, { ...guide, name: 'Chief' }),
      ],
      { inContract: 5, conform: 4, matched: 4, assumed: 1 },
    ],
  ])('counts as assumed: %s', async (_, exchanges, want) => {
    const report = await replayed(exchanges);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ ...want, mismatched: 0 });
  });

  it('says what is missing', async () => {
    const report = await replayed([...start, without(exchange(`DELETE ${USER}/roles`, undefined, 204), 'request')]);
    expect(report.recordings[0]?.assumes).toEqual([
      { exchange: 4, request: `DELETE /api/v2${USER}/roles`, reason: 'the recording lacks the request body' },
    ]);
  });
});

describe('pages by cursor', () => {
  const org = { id: `org_${'C'.repeat(16)}`, name: 'crew' };
  const members = `/organizations/${org.id}/members`;
  const start = [
    exchange('POST /users', sentUser('ada@example.com'), 201, userShown(HEX, 'ada@example.com')),
    exchange('POST /organizations', { name: 'crew' }, 201, org),
    exchange(`POST ${members}`, { members: [`auth0|${HEX}`] }, 204),
  ];
  const member = {
    user_id: `auth0|${HEX}`,
    email: 'ada@example.com',
    name: 'ada@example.com',
    picture: 'https://s.gravatar.com/avatar/0',
  };

  const pages = [
    exchange(`GET ${members}?take=50`, undefined, 200, { members: [member], next: 'cursor-of-the-recording' }),
    exchange(`GET ${members}?take=50&from=cursor-of-the-recording`, undefined, 200, { members: [] }),
  ];
  const lagging = (lags: number) => {
    let reads = 0;
    return changed(async ({ method, path }, answer) => {
      const isFirstPage = method === 'GET' && path.includes('/members?take=50') && !path.includes('from=');
      if (!isFirstPage || ++reads > lags) return answer();
      return { status: 200, headers: { 'content-type': JSON_TYPE }, text: '{"members":[]}', json: { members: [] } };
    });
  };

  /** The same tenant without `reset`: replay treats it as remote. */
  const remoteOf = async ({ reset, ...remote }: Target): Promise<Target> => {
    await reset?.();
    return remote;
  };

  it('are translated where the recorded page was empty because of a lag', async () => {
    const report = await replayed([
      ...start,
      exchange(`GET ${members}?take=50`, undefined, 200, { members: [], next: 'cursor-of-the-recording' }),
      exchange(`GET ${members}?take=50&from=cursor-of-the-recording`, undefined, 200, { members: [member] }),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 5 });
  });

  it('are waited for where the page of a remote target is empty because of a lag', async () => {
    const remote = await remoteOf(await lagging(3));
    const report = await replayed([...start, ...pages], { target: remote });
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 5 });
  });

  it('are assumed where the target never returns one', async () => {
    const remote = await remoteOf(await lagging(Number.POSITIVE_INFINITY));
    const report = await replayed([...start, ...pages], { target: remote });
    expect(report.recordings[0]?.mismatches.map(({ exchange: number }) => number)).toEqual([4]);
    expect(report.recordings[0]?.assumes.map(({ reason }) => reason)).toEqual([
      'the target returned no cursor for this page',
    ]);
  });
});

describe('a path that the recorder encoded twice', () => {
  it('means the value that the answer contains', async () => {
    const api = { id: '0123456789abcdef01234567', name: 'Tours', identifier: 'https://tours.example/' };
    const report = await replayed([
      exchange('POST /resource-servers', { name: 'Tours', identifier: api.identifier }, 201, api),
      exchange('GET /resource-servers/https%253A%252F%252Ftours.example%252F', undefined, 200, api),
    ]);
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: 2 });
  });
});
