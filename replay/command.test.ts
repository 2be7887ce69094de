import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RolecallError } from '../contract/errors.js';
import { command } from './command.js';
import { runReplay } from './run-replay.js';
import { exchange } from './test-support/recorded.js';

/** A process that collects its output. */
function fakeProcess(env: Readonly<Record<string, string>> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const fake = {
    env,
    cwd: () => tmpdir(),
    stdout: { isTTY: false, write: (text: string) => out.push(text) },
    stderr: { isTTY: false, write: (text: string) => err.push(text) },
    once: () => fake,
    off: () => fake,
  };
  // All that runReplay uses of a process.
  return { process: fake as unknown as NodeJS.Process, out, err };
}

describe('rolecall replay', () => {
  let folder: string;
  let good: string;
  let bad: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
    good = join(folder, 'good.json');
    bad = join(folder, 'bad.json');
    const role = (name: string) => [
      exchange('POST /roles', { name: 'Guide' }, 200, { id: 'rol_AAAAAAAAAAAAAAAA', name }),
      exchange('GET /tenants/settings', undefined, 200, {}),
    ];
    await writeFile(good, JSON.stringify({ recording: 'good', exchanges: role('Guide') }));
    await writeFile(bad, JSON.stringify({ recording: 'bad', exchanges: role('Cook') }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('masks secrets of recordings, those of request headers too, and nothing of its own', async () => {
    const token = 'Opaque-7f3k2-token-9';
    const headers = { authorization: `Bearer ${token}` };
    const [create, ...others] = [
      exchange('POST /roles', { name: 'Guide' }, 200, { id: 'rol_AAAAAAAAAAAAAAAA', name: `Bearer ${token}` }),
      exchange('GET /tenants/settings?access_token=Query-3c6v9-x', { client_secret: '"mismatched": 1' }, 200, {}),
      exchange('GET /tenants/settings', { password: 'mismatches' }, 200, { [token]: token }),
    ];
    const file = join(folder, 'secrets.json');
    const exchanges = [{ ...create, request: { ...create?.request, headers } }, ...others];
    await writeFile(file, JSON.stringify({ recording: 'secrets', exchanges }));
    for (const json of [true, false]) {
      const { process, out } = fakeProcess();
      expect(await runReplay([file], { json }, process)).toBe(1);
      const text = out.join('');
      expect(text).toContain('Bearer $TOKEN');
      expect(text).not.toMatch(/Opaque-7f3k2|Query-3c6v9/);
      if (json) expect(JSON.parse(text)).toMatchObject({ total: { mismatched: 1 }, recordings: [{ mismatched: 1 }] });
    }
  });

  it('prints totals and exits with 0 if everything matches', async () => {
    const { process, out, err } = fakeProcess();
    expect(await runReplay([good], {}, process)).toBe(0);
    expect(out.join('')).toMatchInlineSnapshot(`
      "recording  conform  matched  mismatched  assumed  outside
      good             1        1           ·        ·        1
      total            1        1           ·        ·        1

      outside the contract, not judged:
        1 × GET /api/v2/tenants/settings: no such operation

      matches: embedded tenant · 1 recording · 2 exchanges · 1 in the contract · 1 matched · 0 mismatched · 0 assumed · 1 outside
      "
    `);
    expect(err).toEqual([]);
  });

  it('prints each mismatch with expected and actual values and exits with 1', async () => {
    const { process, out } = fakeProcess();
    expect(await runReplay([good, bad], {}, process)).toBe(1);
    expect(out.join('').replaceAll(folder, '')).toContain(
      [
        '✗ POST /api/v2/roles',
        '  exchange 1 of /bad.json',
        '  recorded 200, the target answered 200',
        '  body/name: as sent',
        '    expected "Cook"',
        '    actual   "Guide"',
      ].join('\n'),
    );
  });

  it('counts what many recordings have in common', async () => {
    const { process, out } = fakeProcess();
    expect(await runReplay([...Array<string>(21).fill(good), bad, bad], {}, process)).toBe(1);
    const text = out.join('');
    expect(text).toMatch(/\n21 without a mismatch +21 +21 +· +· +21\n/);
    expect(text.match(/✗/g)).toHaveLength(1);
    expect(text).toContain('\n  the same in 1 more exchange\n');
  });

  it('does not say that a recording of something else matches', async () => {
    const { process, out } = fakeProcess();
    const other = join(folder, 'other.har');
    await writeFile(other, JSON.stringify({ log: { version: '1.2', creator: {}, entries: [] } }));
    await expect(runReplay([other], {}, process)).rejects.toMatchObject({ code: 'NOTHING_COMPARED' });
    expect(out.join('')).toMatch(/\nnothing compared: embedded tenant · 1 recording · 0 exchanges/);
  });

  it('says below which path a recording has the operations of the document', async () => {
    const below = join(folder, 'below.json');
    const exchanges = [{ request: { method: 'GET', path: '/gate/roles' }, response: { status: 200, body: [] } }];
    await writeFile(below, JSON.stringify({ exchanges }));
    await expect(runReplay([below], {}, fakeProcess().process)).rejects.toThrow(
      'None of 1 exchanges is in the contract, so nothing was compared; expected requests to operations of the contract. 1 request would be in the contract with the document\'s paths below "/gate": pass an --overlay',
    );
  });

  it('prints one document with --json', async () => {
    const { process, out, err } = fakeProcess();
    expect(await runReplay([good, bad], { json: true }, process)).toBe(1);
    const report = JSON.parse(out.join(''));
    const counts = { exchanges: 2, inContract: 1, conform: 1, assumed: 0, outside: 1 };
    expect(report.total).toEqual({
      recordings: 2,
      exchanges: 4,
      inContract: 2,
      conform: 2,
      matched: 1,
      mismatched: 1,
      assumed: 0,
      outside: 2,
    });
    expect(report.recordings).toMatchObject([
      { file: good, ...counts, matched: 1, mismatched: 0, mismatches: [] },
      {
        file: bad,
        ...counts,
        matched: 0,
        mismatched: 1,
        mismatches: [
          {
            exchange: 1,
            request: 'POST /api/v2/roles',
            expected: { status: 200, body: { name: 'Cook' } },
            actual: { status: 200, body: { name: 'Guide' } },
          },
        ],
      },
    ]);
    expect(err).toEqual([]);
  });

  it('explains in one line that a target is not running', async () => {
    const port = await closedPort();
    const { process } = fakeProcess({ ROLECALL_TOKEN: 'a.b.c' });
    const failure = await runReplay([good], { target: `http://127.0.0.1:${port}` }, process).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(RolecallError);
    expect(String(failure)).toContain(`http://127.0.0.1:${port}/api/v2/roles: connect ECONNREFUSED`);
  });

  it('sends the headers of the user with each request, and shows no secret of them', async () => {
    const received = new Set<string>();
    const server = createHttpServer(({ headers }, response) => {
      received.add(`${headers['x-org']} ${headers['x-app-key']}`);
      response.writeHead(418, { 'content-type': 'application/json' }).end(JSON.stringify(headers));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // A server that listens on TCP has an address object.
    const { process, out, err } = fakeProcess({
      ROLECALL_TOKEN: 'a.b.c',
      ROLECALL_HEADERS: 'X-App-Key: our-key-012345',
    });
    const raw = { target: `http://127.0.0.1:${port}`, header: ['X-Org: 7'], json: true };
    expect(await runReplay([good], raw, process)).toBe(1);
    server.close();
    expect([...received]).toEqual(['7 our-key-012345']);
    expect([...out, ...err].join('')).not.toContain('our-key-012345');
  });

  it.each([
    ['a missing file', ['none.json'], {}, {}, 'none.json: cannot be read'],
    ['an invalid URL', [], { target: 'tenant' }, {}, 'invalid URL "tenant"'],
    ['a target without credentials', [], { target: 'http://127.0.0.1:1' }, {}, 'no credentials for'],
  ])('explains in one line: %s', async (_, files, raw, env, message) => {
    const { process } = fakeProcess(env);
    const failure = await runReplay(files.length === 0 ? [good] : files, raw, process).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RolecallError);
    expect(String(failure)).toContain(message);
  });

  it('sends nothing to a target elsewhere before the user says once that it is theirs', async () => {
    const { process } = fakeProcess({ ROLECALL_TOKEN: 'a.b.c', ROLECALL_STATE: folder });
    const play = (claim: object) =>
      runReplay(['none.json'], { target: 'https://travel0.invalid', ...claim }, process).catch(
        (error: unknown) => error,
      );
    expect(await play({})).toMatchObject({
      code: 'NOT_YOUR_TENANT',
      message: expect.stringContaining(
        'replay sends recorded writes there, and removes what they create. Pass this once',
      ),
    });
    expect(await play({ iOwnThisTenant: 'other' })).toMatchObject({ code: 'NOT_YOUR_TENANT' });
    expect(await play({ iOwnThisTenant: 'travel0.invalid' })).toMatchObject({ code: 'RECORDING_UNREADABLE' });
    expect(await play({})).toMatchObject({ code: 'RECORDING_UNREADABLE' });
  });

  it('asks each time for a target that the configuration marks as production', async () => {
    const config = join(folder, 'rolecall.config.json');
    await writeFile(config, '{"verify": {"production": true}}');
    const fake = fakeProcess({ ROLECALL_TOKEN: 'a.b.c', ROLECALL_STATE: folder });
    const process = Object.assign(fake.process, { cwd: () => folder });
    const play = (raw: object) =>
      runReplay(['none.json'], { target: 'https://travel1.invalid', ...raw }, process).catch((error: unknown) => error);
    expect(await play({ iOwnThisTenant: 'travel1.invalid' })).toMatchObject({ code: 'RECORDING_UNREADABLE' });
    expect(await play({})).toMatchObject({ message: expect.stringContaining('pass this each time') });
    await rm(config);
  });

  it.each([
    ['as text', {}],
    ['as JSON', { json: true }],
  ])('prints no control characters and no workflow commands of a recording: %s', async (_, raw) => {
    const hostile = '::error::a\u001b[2J\u0007##[group]b\u009b\u202e\u2028';
    const file = join(folder, 'hostile.json');
    const exchanges = [
      exchange('POST /roles', { name: hostile }, 200, { id: 'rol_AAAAAAAAAAAAAAAA', name: `${hostile}!` }),
      exchange(`GET /${hostile}`, undefined, 200, hostile),
    ];
    await writeFile(file, JSON.stringify({ recording: hostile, exchanges }));
    const { process, out } = fakeProcess({ GITHUB_ACTIONS: 'true' });
    expect(await runReplay([file], raw, process)).toBe(1);
    const printed = out.join('');
    expect(printed).toContain('error::a');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be printed
    expect(printed).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
    expect(printed).not.toMatch(/^\s*::/m);
    expect(printed).not.toContain('##[');
  });

  it('has a help page', () => {
    expect(command().helpInformation()).toMatchInlineSnapshot(`
      "Usage: replay [options] <recording...>

      Checks recorded traffic against the contract, and whether a target answers as
      recorded.

      Arguments:
        recording                   recordings: HAR, YAML or JSON files, or folders

      Options:
        --target <url>              root URL of the target (default: a new embedded
                                    tenant for each recording)
        --spec <file>               the contract: OpenAPI 3.0 to 3.2 or Swagger 2.0,
                                    YAML or JSON (default: spec/openapi.yaml, else the
                                    packaged one)
        --overlay <file>            change the document by this overlay; repeatable
        --allow-ref <dir>           let $ref read files in this folder too; repeatable
        --set-path <name=value>     give a path parameter this one value; repeatable
        --strict                    treat warnings about the document as errors
        --client-id <id>            client that requests access tokens
        --client-secret <secret>    its secret; prefer ROLECALL_CLIENT_SECRET
        --audience <aud>            audience of the tokens (default: the URL with the
                                    server path and a slash)
        --token <token>             access token to use as it is; prefer
                                    ROLECALL_TOKEN
        --header <header>           send "NAME: VALUE" with every request; repeatable
        --i-own-this-tenant <name>  the tenant's name; once for each target that is
                                    not local
        --json                      print one JSON document on stdout
        -h, --help                  display help for command
      "
    `);
  });
});

/** A local port without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
