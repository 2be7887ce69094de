import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/load/package-root.js';
import { builtCli, type Finished, start } from '../test-support/cli.js';
import type { Report } from './report/report.js';
import { bodyOf, type Loopback, listen } from './test-support/loopback.js';
import { verifyInProcess } from './test-support/verify-in-process.js';

/** `rolecall verify` as its users run it: the built command line, in a process. */

const SMALL = ['--only', 'roles.get/*', '--seed', '1'];
const small = { only: ['roles.get/*'], seed: '1' };
const SECRET = 'Rq7_vW2-kY5tZ8xB1nM4pL9sD3fG6hJ0aSxCqWe2RtYuI8oPlKjHgFdSaZxCvBnM';

describe('the command line of rolecall verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rolecall-command-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const verify = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Finished> =>
    start(builtCli(), ['verify', ...args], environment).finished;
  const reportIn = (name: string): Report => JSON.parse(readFileSync(join(folder, name, 'report.json'), 'utf8'));

  it('takes the contract of the working directory, whether it is the packaged one or differs by one byte', async () => {
    cpSync(join(packageRoot(), 'spec'), join(folder, 'spec'), { recursive: true });
    const scopes = () => start(builtCli(), ['verify', '--scopes', '--only', 'roles.list/*'], {}, folder).finished;
    const packaged = await verify(['--scopes', '--only', 'roles.list/*']);
    expect(packaged).toMatchObject({ code: 0, stdout: expect.stringContaining('read:roles') });
    expect(await scopes()).toEqual(packaged);
    const roles = join(folder, 'spec/paths/roles.yaml');
    writeFileSync(roles, readFileSync(roles, 'utf8').replace('read:roles', 'read:rolez'));
    expect(await scopes()).toMatchObject({ code: 2, stderr: expect.stringContaining('read:rolez') });
  });

  it('says so where its files are removed while it runs', async () => {
    const copy = join(folder, 'package');
    cpSync(dirname(builtCli()), join(copy, 'dist'), { recursive: true });
    cpSync(join(packageRoot(), 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(packageRoot(), 'node_modules'), join(copy, 'node_modules'));
    const server = await listen((_, response) => {
      rmSync(join(copy, 'dist/chunks'), { recursive: true });
      response.writeHead(500).end();
    });
    const ran = await start(join(copy, 'dist/rolecall.js'), ['verify', server.url], { ROLECALL_TOKEN: 't' }).finished;
    await server.close();
    expect(ran).toMatchObject({
      code: 2,
      stderr:
        'rolecall: an error is not shown, since its secrets could not be masked; if the files of rolecall were removed or replaced while it ran, run it again.\n',
    });
  });

  it('merges eight parts of a run, with and without --report', async () => {
    const parts = [1, 2, 3, 4, 5, 6, 7, 8];
    const optionsOf = (part: number) => ({ shard: `${part}/8`, report: join(folder, `part-${part}`) });
    const { shard, report } = optionsOf(1);
    expect(await verify([...SMALL, '--shard', shard, '--report', report])).toMatchObject({ code: 0 });
    // Starting the command line for each would take longer than the parts themselves.
    for (const part of parts.slice(1)) {
      expect(await verifyInProcess(undefined, { ...small, ...optionsOf(part) })).toMatchObject({ code: 0 });
    }
    const files = parts.map((part) => join(folder, `part-${part}`, 'report.json'));

    const printed = await verify(['--merge', ...files]);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const whole = await verifyInProcess(undefined, { ...small, json: true });
    const expected: Report = JSON.parse(whole.out);
    const { checks, skipped } = expected.summary;
    expect(printed.stdout).toContain(`conforms: 1 operation · ${checks - skipped} checks · `);

    const outputs = ['--report', join(folder, 'merged'), '--sarif', join(folder, 'code', 'merged.sarif')];
    expect(await verify(['--merge', ...files, ...outputs])).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(folder, 'code'))).toEqual(['merged.sarif']);
    const merged = reportIn('merged');
    expect(merged.summary.checks).toBe(checks);
    const hits = ({ coverage }: Report) => coverage.map(({ operation, status }) => `${operation} ${status}`).sort();
    // Each part prepares fixtures of its own.
    expect(hits(merged)).toEqual(expect.arrayContaining([...hits(expected)]));
    expect(readdirSync(join(folder, 'merged')).sort()).toEqual([
      'junit.xml',
      'report.html',
      'report.json',
      'summary.md',
    ]);

    expect(await verify(['--merge', ...files.slice(0, 7)])).toMatchObject({
      code: 2,
      stderr: 'rolecall: Part 8/8 is missing: pass its report.json as well.\n',
    });
  });

  it('refuses to merge files that are not reports, and unknown verdicts', async () => {
    await verifyInProcess(undefined, { ...small, shard: '1/1', report: join(folder, 'one') });
    const report = reportIn('one');
    const file = join(folder, 'altered.json');
    const write = (altered: unknown) => writeFileSync(file, JSON.stringify(altered));
    write({ ...report, verdict: 'fine' });
    const unknown = 'verdict is "fine", not one of conforms, violates, inconclusive';
    const { code, stderr } = await verify(['--merge', file]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(unknown)]);
    for (const [altered, message] of [
      [{ ...report, findings: {} }, 'findings is an object, not a list'],
      [{ ...report, checks: [{ id: 'a' }] }, 'checks[0].family is missing'],
      ['nothing', 'the document is "nothing", not an object'],
    ] as const) {
      write(altered);
      await expect(verifyInProcess(undefined, { merge: [file] })).rejects.toThrow(message);
    }
  });

  it('is inconclusive where a part has no checks', async () => {
    const { code, stdout } = await verify([...SMALL, '--shard', '800/800']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/No check was run\.\n\ninconclusive: 0 operations/);
  });

  it('refuses credentials without a target', async () => {
    for (const [args, environment, option] of [
      [[], { ROLECALL_CLIENT_ID: 'a', ROLECALL_CLIENT_SECRET: SECRET }, '--client-id'],
      [['--token', SECRET], {}, '--token'],
      [[], { ROLECALL_AUDIENCE: 'https://a.example/' }, '--audience'],
      [['--client-secret', SECRET], {}, '--client-secret'],
      [['--header', `X-Key: ${SECRET}`], {}, '--header'],
      [['--header', SECRET], {}, '--header'],
    ] as const) {
      const { code, stdout, stderr } = await verify([...SMALL, ...args], environment);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`rolecall: ${option} `);
      expect(stderr).not.toContain(SECRET);
    }
    // Nothing could be taken for the target's verdict: the credentials are for the run after it.
    const scopes = await verify(['--scopes', '--only', 'roles.get/*'], {
      ROLECALL_CLIENT_ID: 'a',
      ROLECALL_CLIENT_SECRET: SECRET,
    });
    expect(scopes).toMatchObject({ code: 0, stdout: expect.stringContaining('"client_id": "a"') });
    const empty = await verify([...SMALL, ''], {});
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('invalid URL ""')]);
  });

  it('prints the verdict before it writes reports, and exits with 2 where they cannot be written', async () => {
    const report = join(folder, 'blocked');
    mkdirSync(join(report, 'junit.xml'), { recursive: true });
    const { code, stdout, stderr } = await verify([...SMALL, '--report', report]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/\nconforms: 1 operation/);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^rolecall: cannot write ".*junit\.xml": .*the verdict above/);
    expect(readdirSync(report).sort()).toEqual(['junit.xml', 'report.json']);
  });

  it.runIf(existsSync('/dev/full'))('exits with 2 where standard output is full: 1 would mean "violates"', async () => {
    const command = `"${process.execPath}" "${builtCli()}" verify ${SMALL.map((word) => `'${word}'`).join(' ')} > /dev/full`;
    const ran = await promisify(execFile)('sh', ['-c', command]).catch((error: unknown) => error);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot write to standard output: ENOSPC') });
  });

  it('traces every request and answer, without secrets', async () => {
    const { code, stdout, stderr } = await verify([...SMALL, '--trace', '--json']);
    expect(code).toBe(0);
    const { summary } = JSON.parse(stdout) as Report;
    expect(stderr.match(/^# \d+ /gm)).toHaveLength(summary.requests);
    expect(stderr).toMatch(/^# \d+ check roles\.get\/documented-success \d+ ms\n> GET \/api\/v2\/roles\//m);
    expect(stderr).toContain('> authorization: Bearer $TOKEN\n');
    expect(stderr).toMatch(/^< 200\n(< .*\n)*<\n< \{"id":/m);
    expect(stderr).toContain('"client_secret":"$CLIENT_SECRET"');
    expect(stderr).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]/);
  });

  describe('of a server that echoes credentials', () => {
    let server: Loopback;
    beforeAll(async () => {
      server = await listen(async (request, response) => {
        const sent = `${await bodyOf(request)} ${request.headers.authorization ?? ''}`;
        const basic = Buffer.from(`client:${SECRET}`).toString('base64');
        const echo = {
          error: `${'x'.repeat(120)} ${SECRET} ${basic} ${sent}\n::error::owned ##[error]owned \u001b[31m`,
        };
        response.writeHead(401, { 'content-type': 'application/json', [SECRET]: basic }).end(JSON.stringify(echo));
      });
    });
    afterAll(() => server.close());

    it('shows no credentials, workflow commands or escape sequences before the run', async () => {
      const environment = { ROLECALL_CLIENT_ID: 'client', ROLECALL_CLIENT_SECRET: SECRET, GITHUB_ACTIONS: 'true' };
      const { code, stdout, stderr } = await verify([server.url, ...SMALL, '--trace'], environment);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^rolecall: POST .* refused the client: 401 .*check ROLECALL_CLIENT_ID/m);
      const basic = Buffer.from(SECRET).toString('base64');
      for (let start = 0; start + 10 <= SECRET.length; start += 1) {
        expect(stderr.toLowerCase()).not.toContain(SECRET.slice(start, start + 10).toLowerCase());
        expect(stderr).not.toContain(basic.slice(start, start + 10));
      }
      expect(stderr.split('\n').filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
      expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    });
  });

  describe('of a server that wants a second key with each request', () => {
    let server: Loopback;
    let spec: string;
    const list = { type: 'array', items: { type: 'string' } };
    beforeAll(async () => {
      spec = join(folder, 'two-keys.json');
      const document = {
        openapi: '3.1.0',
        info: { title: 'Two keys', version: '1' },
        security: [{ app: [], token: [] }],
        paths: {
          '/songs': {
            get: {
              operationId: 'list',
              responses: {
                200: { description: 'Songs', content: { 'application/json': { schema: list } } },
                401: { description: 'Refused' },
              },
            },
          },
        },
        components: {
          securitySchemes: {
            app: { type: 'apiKey', in: 'header', name: 'X-App-Key' },
            token: { type: 'http', scheme: 'bearer' },
          },
        },
      };
      writeFileSync(spec, JSON.stringify(document));
      server = await listen((request, response) => {
        const { 'x-app-key': app, 'x-org': org, authorization } = request.headers;
        const isKnown = app === SECRET && org === '7' && authorization === 'Bearer token-of-ours';
        response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
        response.end(JSON.stringify(isKnown ? [app.length] : { error: app ?? 'no key' }));
      });
    });
    afterAll(() => server.close());

    it('sends it, shows it masked, and repeats what is no secret', async () => {
      const environment = { ROLECALL_TOKEN: 'token-of-ours', ROLECALL_HEADERS: `X-App-Key: ${SECRET}` };
      const args = [server.url, '--spec', spec, '--header', 'X-Org: 7', '--seed', '1', '--trace'];
      const { code, stdout, stderr } = await verify([...args, '--only', 'list/documented-success'], environment);
      expect(code).toBe(1);
      expect(stdout).toMatch(/replay .* --header 'x-org: 7' --only list\/documented-success/);
      expect(stdout).toContain('-H "x-app-key: $X_APP_KEY" -H "x-org: 7"');
      expect(stdout).toContain('body /*: type string');
      expect(stderr).toContain('x-app-key: $X_APP_KEY');
      expect(stdout + stderr).not.toContain(SECRET);
    });
  });

  describe('of a server that names our words as secrets', () => {
    let server: Loopback;
    beforeAll(async () => {
      server = await listen((_request, response) => {
        const words = ['violates', 'conforms', 'inconclusive', 'failed', 'passed', 'token-missing'];
        const token = { access_token: 'opaque-token-1234567890', expires_in: 86_400, token_type: 'Bearer' };
        const secrets = words.map((word) => ({ client_secret: word, password: word, id_token: word }));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ...token, id: 'x', secrets, client_secret: 'violates' }));
      });
    });
    afterAll(() => server.close());

    it('keeps the verdict, the outcomes and the exit code', async () => {
      const report = join(folder, 'words');
      const environment = { ROLECALL_CLIENT_ID: 'client', ROLECALL_CLIENT_SECRET: 'violates' };
      const args = [server.url, '--only', 'roles.create/*', '--seed', '1', '--report', report];
      const { code, stdout } = await verify(args, environment);
      expect(code).toBe(1);
      expect(stdout).toMatch(/\nviolates: 1 operation/);
      expect(reportIn('words').verdict).toBe('violates');
      expect(new Set(reportIn('words').checks.map(({ outcome }) => outcome))).toContain('failed');
    });
  });
});
