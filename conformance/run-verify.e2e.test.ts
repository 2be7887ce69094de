import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import { createTenant, type Listening, type Tenant } from '../tenant/tenant.js';
import { RunError } from './errors.js';
import type { Report } from './report/report.js';
import { type Loopback, listen } from './test-support/loopback.js';
import { verifyInProcess as verify } from './test-support/verify-in-process.js';
import type { RawOptions } from './verify-options.js';

async function refusal(url: string | undefined, raw: RawOptions, env: Record<string, string> = {}): Promise<string> {
  try {
    const { out } = await verify(url, raw, env);
    throw new Error(`It ran: ${out}`);
  } catch (error) {
    if (error instanceof RunError) return `${error.code} ${error.message}`;
    throw error;
  }
}

const few = {
  only: ['documented-success', 'token-missing', 'scope-alternatives', 'head-and-options'].map(
    (id) => `roles.get/${id}`,
  ),
  seed: '1',
};

describe('rolecall verify', () => {
  let folder: string;
  let tenant: Tenant;
  let listening: Listening;
  let credentials: Record<string, string>;
  let website: Loopback;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-verify-'));
    tenant = await createTenant(await defaultContract());
    listening = await tenant.listen();
    credentials = { ROLECALL_CLIENT_ID: tenant.clientId, ROLECALL_CLIENT_SECRET: tenant.clientSecret };
    website = await listen(
      (_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>No</h1>'),
    );
  });

  afterAll(async () => {
    await listening.close();
    await website.close();
    await rm(folder, { recursive: true });
  });

  it('verifies the embedded tenant, with a summary in the last line', async () => {
    const { code, out } = await verify(undefined, few);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^conforms: 1 operation · \d+ checks · \d+ requests · 0 findings · \d+\.\d s · embedded tenant · seed 1 · depth standard$/,
    );
    expect(out).toMatch(/^✓ 1 operation passed\n/);
    expect(out).not.toContain('\u001b');
  });

  it('asks nobody to remove anything from the embedded tenant, which is gone', async () => {
    const spec = join(folder, 'unstated.json');
    const content = { 'application/json': { schema: { type: 'object', properties: { name: { type: 'string' } } } } };
    const post = { operationId: 'tell', requestBody: { content }, responses: { 201: { description: 'Told' } } };
    const document = { openapi: '3.1.0', info: { title: 'Tales', version: '1' }, paths: { '/tell': { post } } };
    await writeFile(spec, JSON.stringify(document));
    const { code, out } = await verify(undefined, { spec, seed: '1' });
    expect(out).not.toContain('Left behind');
    expect(code).toBe(0);
  });

  it.each([
    [['key'], 'yours is sent as "key" says.\nAdd "security" with an --overlay to check that the target requires it.'],
    [['key', 'other'], 'yours is not sent.\nAdd "security" with an --overlay to send it.'],
    [[], 'yours is not sent.\nAdd "security" with an --overlay to send it.'],
  ])('says what becomes of a token that the document does not require: %s', async (names, want) => {
    const spec = join(folder, `open-${names.length}.json`);
    const securitySchemes = Object.fromEntries(names.map((name) => [name, { type: 'apiKey', in: 'header', name }]));
    const paths = { '/open': { get: { operationId: 'open', responses: { 404: { description: 'None' } } } } };
    const info = { title: 'Open', version: '1' };
    await writeFile(spec, JSON.stringify({ openapi: '3.1.0', info, paths, components: { securitySchemes } }));
    const { err } = await verify(website.url, { spec, seed: '1', allowMissing: true }, { ROLECALL_TOKEN: 'secret' });
    expect(err).toContain(`The document requires no token; ${want}`);
    expect((await verify(website.url, { spec, seed: '1', allowMissing: true })).err).not.toContain('token');
  });

  it('takes target and credentials from the environment', async () => {
    const { code, out } = await verify(
      undefined,
      { ...few, json: true },
      { ...credentials, ROLECALL_URL: listening.url },
    );
    expect(code).toBe(0);
    const report: Report = JSON.parse(out);
    expect(report).toMatchObject({ target: listening.url, seed: 1, depth: 'standard', verdict: 'conforms' });
    expect(Object.keys(report.summary)).toEqual([
      'operations',
      'checks',
      'passed',
      'failed',
      'warned',
      'skipped',
      'observed',
      'requests',
      'durationMs',
    ]);
    expect(report.checks[0]).toMatchObject({
      id: expect.any(String),
      family: 'status-and-shape',
      operation: 'roles.get',
      outcome: 'passed',
    });
    expect(report.coverage[0]).toMatchObject({ operation: expect.any(String), status: 200, hits: expect.any(Number) });
  });

  it('colours and a live line are for terminals, and NO_COLOR is honoured', async () => {
    const colourful = await verify(undefined, few, { TERM: 'xterm' }, true);
    expect(colourful.out).toContain('\u001b[');
    expect(colourful.err).toContain('\r\u001b[2K');
    expect((await verify(undefined, few, { TERM: 'xterm', NO_COLOR: '1' }, true)).out).not.toContain('\u001b[');
  });

  it('writes its reports, and annotates in GitHub Actions', async () => {
    const summary = join(folder, 'step.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const report = join(folder, 'out');
    expect((await verify(undefined, { ...few, report }, env)).code).toBe(0);
    expect((await readdir(report)).sort()).toEqual(['junit.xml', 'report.html', 'report.json', 'summary.md']);
    expect(await readFile(summary, 'utf8')).toMatch(/^# conforms: 1 operation/);
    expect(await readFile(join(report, 'junit.xml'), 'utf8')).toMatch(
      /<testcase classname="roles.get" name="token-missing"( time="[\d.]+")?\/>/,
    );
  });

  it('makes one report of several', async () => {
    const files: string[] = [];
    for (const shard of ['1/2', '2/2']) {
      const report = join(folder, shard.replace('/', '-'));
      await verify(undefined, { ...few, shard, report });
      files.push(join(report, 'report.json'));
    }
    const { code, out } = await verify(undefined, { merge: files });
    expect(code).toBe(0);
    expect(out).toMatch(/conforms: 1 operation/);
    const [first = '', second = ''] = files;
    expect(await refusal(undefined, { merge: [first] })).toMatch(/2\/2 is missing/);
    expect(await refusal(undefined, { merge: [first, second, first] })).toMatch(
      /is part 1 of 2, which was passed before/,
    );
    expect(await refusal(undefined, { merge: files, seed: '1' })).toMatch(/"--seed" has no effect with --merge/);
  });

  it('prints the plan, and sends nothing', async () => {
    const { code, out } = await verify('http://127.0.0.1:1', { ...few, dryRun: true, token: 'any' });
    expect(code).toBe(0);
    expect(out).toMatch(/^roles\.get\/token-missing +\d+ +read:roles +\(role\)$/m);
    const { out: json } = await verify(undefined, { ...few, dryRun: true, json: true });
    expect(JSON.parse(json).checks[0]).toMatchObject({
      operation: 'roles.get',
      scopes: [['read:roles']],
      fixtures: ['role'],
    });
  });

  it('prints a plan without workflow commands', async () => {
    const spec = join(folder, 'commands.json');
    const responses = { '200': { description: 'Fine.' } };
    const paths = { '/a': { get: { operationId: 'a ##[error]owned', responses } } };
    await writeFile(spec, JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths }));
    const { out } = await verify('http://127.0.0.1:1', { spec, dryRun: true }, { GITHUB_ACTIONS: 'true' });
    expect(out).toContain('[error]owned');
    expect(out).not.toContain('##[error]');
  });

  it('is inconclusive, and exits with 2, where a token alone cannot try scopes', async () => {
    const { code, out } = await verify(listening.url, few, { ROLECALL_TOKEN: await tenant.token() });
    expect(code).toBe(2);
    expect(out).toMatch(/Inconclusive, because\n +A token was given but no client/);
  });

  it('writes its reports also where the run could not begin', async () => {
    const report = join(folder, 'unbegun');
    await verify(undefined, { ...few, report });
    const wrong = { ...credentials, ROLECALL_CLIENT_SECRET: 'not-the-secret' };
    expect(await refusal(listening.url, { ...few, report }, wrong)).toMatch(/^CREDENTIALS_REFUSED/);
    const written: Report = JSON.parse(await readFile(join(report, 'report.json'), 'utf8'));
    expect(written).toMatchObject({ target: listening.url, verdict: 'inconclusive', checks: [], findings: [] });
    expect(written.reasons[0]).toMatch(/refused the client: 40\d/);
    expect(written.summary).toMatchObject({ checks: 0, requests: expect.any(Number) });
    expect(await readFile(join(report, 'summary.md'), 'utf8')).toMatch(/^# inconclusive/);
    expect(await readFile(join(report, 'junit.xml'), 'utf8')).toContain('refused the client');
  });

  const one = (text: string) => expect.stringMatching(new RegExp(`^${text}[^\\n]*$`));

  it('explains in one line what is wrong with the target', async () => {
    const wrong = { ...credentials, ROLECALL_CLIENT_SECRET: 'wrong' };
    expect(await refusal(listening.url, few, wrong)).toEqual(
      one('CREDENTIALS_REFUSED .*401.*check ROLECALL_CLIENT_ID'),
    );
    expect(await refusal(listening.url, few, { ROLECALL_TOKEN: 'abc' })).toEqual(
      one('CREDENTIALS_REFUSED .*check ROLECALL_TOKEN'),
    );
    const stopped = await listen(() => undefined);
    await stopped.close();
    expect(await refusal(stopped.url, few, credentials)).toEqual(one('TARGET_UNREACHABLE .*is it running'));
    expect(await refusal(listening.url.replace('http', 'https'), few, credentials)).toEqual(
      one('TARGET_UNREACHABLE .*HTTP or HTTPS'),
    );
    expect(await refusal(website.url, few, credentials)).toEqual(one('NOT_THIS_API .*not JSON.*check the URL'));
    expect(await refusal(website.url, few, { ROLECALL_TOKEN: 'abc' })).toEqual(
      one('NOT_THIS_API .*not JSON.*check the URL'),
    );
  });

  it('explains in one line what is wrong with the options', async () => {
    expect(await refusal(listening.url, few)).toEqual(
      one('BAD_OPTION .*set ROLECALL_CLIENT_ID and ROLECALL_CLIENT_SECRET'),
    );
    expect(await refusal(`${listening.url}/api/v2/`, few, credentials)).toEqual(
      one(`BAD_OPTION .*root "${listening.url}"`),
    );
    expect(await refusal('tenant.example', few)).toEqual(one('BAD_OPTION invalid URL "tenant.example"; expected'));
    expect(await refusal(undefined, { only: ['role.get/token-mising'] })).toEqual(
      one('NOTHING_PLANNED .*such as "roles.get/token-missing"'),
    );
    expect(await refusal(undefined, { path: '1:2' })).toEqual(one('BAD_OPTION .*replays one check'));
    expect(await refusal(undefined, { path: 'a' })).toEqual(one('BAD_OPTION .*such as 3:1:0'));
    expect(await refusal(undefined, { seed: '-1' })).toEqual(one('BAD_OPTION .*whole number from 0'));
    expect(await refusal(undefined, { timeout: 'soon' })).toEqual(one('BAD_OPTION .*whole number from 1'));
    expect(await refusal(undefined, { shard: '3/2' })).toEqual(one('BAD_OPTION .*I/N'));
    expect(await refusal(undefined, { depth: 'deep' })).toEqual(one('BAD_OPTION .*smoke, standard, exhaustive'));
    expect(await refusal(undefined, { merge: [join(folder, 'nothing.json')] })).toEqual(
      one('BAD_OPTION cannot read .*nothing.json'),
    );
    expect(await refusal(listening.url, { clientId: 'x' })).toEqual(
      one('BAD_OPTION --client-id needs --client-secret .or ROLECALL_CLIENT_SECRET.'),
    );
  });
});
