import { createServer, type IncomingMessage, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { httpTarget } from '../conformance/target/http.js';
import type { Contract } from '../contract/contract.js';
import { defaultContract } from '../contract/load/default.js';
// Any server that conforms to the contract would do.
import { createTenant, type Listening, type Tenant } from '../tenant/tenant.js';
import { replay } from './replay.js';
import type { ReplayReport } from './report/replay-report.js';
import { type Exchange, exchange, recordingOf, sentUser, userShown } from './test-support/recorded.js';

const HEX = '0123456789abcdef01234567';
const ROLE = { id: 'rol_AAAAAAAAAAAAAAAA', name: 'Guide' };

const visit: readonly Exchange[] = [
  exchange('POST /users', sentUser('ada@example.com'), 201, userShown(HEX, 'ada@example.com')),
  exchange('POST /roles', { name: 'Guide' }, 200, ROLE),
  exchange(`POST /users/auth0%7C${HEX}/roles`, { roles: [ROLE.id] }, 204),
  exchange(`GET /users/auth0%7C${HEX}/roles`, undefined, 200, [ROLE]),
  exchange('GET /roles', undefined, 403, {
    statusCode: 403,
    error: 'Forbidden',
    message: 'Insufficient scope, expected any of: read:roles',
    errorCode: 'insufficient_scope',
  }),
];

type Change = (
  request: IncomingMessage,
  answer: { readonly status: number; readonly body: string },
) => { readonly status: number; readonly body: string } | 'lost';

describe('a tenant behind a proxy', () => {
  let contract: Contract;
  let tenant: Tenant;
  let listening: Listening;
  let proxy: Server;
  let url: string;
  let change: Change = (_, answer) => answer;
  let forwarded: string[] = [];

  beforeAll(async () => {
    contract = await defaultContract();
    tenant = await createTenant(contract, { seed: 1 });
    listening = await tenant.listen();
    proxy = createServer((incoming, outgoing) => {
      const line = `${incoming.method} ${incoming.url}`;
      const lost = change(incoming, { status: 0, body: '' });
      if (lost === 'lost') {
        outgoing.writeHead(204).end();
        return;
      }
      forwarded.push(line);
      const onward = send(
        listening.url + incoming.url,
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const told = change(incoming, { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
            const { status, body } = told === 'lost' ? { status: 204, body: '' } : told;
            const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
            outgoing.writeHead(status, headers).end(body);
          });
        },
      );
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has an address object.
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    change = (_, answer) => answer;
    forwarded = [];
  });
  afterAll(async () => {
    proxy.close();
    await listening.close();
  });

  const replayThere = async (exchanges: readonly Exchange[] = visit): Promise<ReplayReport> =>
    replay({
      contract,
      recordings: [await recordingOf(exchanges)],
      target: httpTarget({
        url: new URL(url),
        audience: tenant.audience,
        credentials: { client: { id: tenant.clientId, secret: tenant.clientSecret } },
      }),
    });

  const isAt = (request: IncomingMessage, pattern: RegExp) => pattern.test(`${request.method} ${request.url}`);

  it('that changes nothing matches and has its old state afterwards', async () => {
    const shown = async (path: string) =>
      (
        await tenant.fetch(
          new Request(`${tenant.url}/api/v2${path}`, { headers: { authorization: `Bearer ${await tenant.token()}` } }),
        )
      ).json();
    const before = [
      await shown('/users'),
      await shown('/roles'),
      await shown('/clients'),
      await shown('/client-grants'),
    ];
    const report = await replayThere();
    expect(report.recordings[0]?.mismatches).toEqual([]);
    expect(report.total).toMatchObject({ matched: visit.length, assumed: 0 });
    expect(report.left).toEqual([]);
    expect([
      await shown('/users'),
      await shown('/roles'),
      await shown('/clients'),
      await shown('/client-grants'),
    ]).toEqual(before);
  });

  it('that changes one status is reported', async () => {
    change = (request, { status, body }) => ({
      status: isAt(request, /^POST .*\/roles$/) && status === 204 ? 200 : status,
      body,
    });
    expect((await replayThere()).recordings[0]?.mismatches[0]).toMatchObject({
      exchange: 3,
      differences: [{ place: 'status', expected: 204, actual: 200 }],
    });
  });

  it('that loses one write is reported', async () => {
    change = (request, answer) => (isAt(request, /^POST .*\/users\/[^/]+\/roles$/) ? 'lost' : answer);
    expect((await replayThere()).recordings[0]?.mismatches[0]).toMatchObject({
      exchange: 4,
      differences: [{ place: 'body/0', because: 'in the recorded list' }],
    });
  });

  it('that drops one property is reported', async () => {
    change = (request, { status, body }) => ({
      status,
      body: isAt(request, /^GET .*\/users\/[^/]+\/roles$/) ? body.replace(/,?"name":"[^"]*"/, '') : body,
    });
    expect((await replayThere()).recordings[0]?.mismatches[0]).toMatchObject({
      exchange: 4,
      differences: [{ place: 'body/0/name', expected: 'Guide' }],
    });
  });

  it('receives all requests, whatever hosts a recording contains', async () => {
    const elsewhere = visit.map(({ request, response }) => ({
      request: { ...request, path: `https://elsewhere.invalid${request.path}` },
      response,
    }));
    const report = await replayThere(elsewhere);
    expect(report.total).toMatchObject({ matched: visit.length });
    expect(forwarded.length).toBeGreaterThan(visit.length);
  });

  it('that is not running is reported in one line', async () => {
    const target = httpTarget({
      url: new URL('http://127.0.0.1:1'),
      audience: 'x',
      credentials: { client: { id: 'a', secret: 'not-the-secret' } },
    });
    await expect(replay({ contract, recordings: [await recordingOf(visit)], target })).rejects.toThrow(
      /http:\/\/127\.0\.0\.1:1\/oauth\/token.*refused.*check that the target is running/,
    );
  });

  it('that refuses the client is reported in one line without the secret', async () => {
    const target = httpTarget({
      url: new URL(url),
      audience: tenant.audience,
      credentials: { client: { id: tenant.clientId, secret: 'not-the-secret' } },
    });
    const failure = await replay({ contract, recordings: [await recordingOf(visit)], target }).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).toMatch(
      /refused the client: 401 .*check the client id, the client secret and the audience/,
    );
    expect(String(failure)).not.toContain('not-the-secret');
  });
});
