import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { TenantError } from '../errors.js';
import type { Tenant } from '../tenant.js';
import { commandEnvironment, shellExports, tenantVariables } from './environment.js';
import {
  type CommandOptions,
  checkOutput,
  controlOptions,
  parseHabit,
  parseHost,
  parsePort,
  parseSeed,
  parseWaitFor,
} from './options.js';
import type { RunningTenant } from './running-tenant.js';
import { trustInstructions, trustVariables, writeTrustFiles } from './trust.js';
import { connectionDetails, welcome } from './welcome.js';

const contract: Contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths\u001b', version: '2' },
  paths: { '/berths': { get: { operationId: 'berths.list', responses: { '204': { description: 'None' } } } } },
});
// The parts of a tenant that the command line shows.
const tenant = {
  url: 'https://127.0.0.1:4000',
  audience: 'https://127.0.0.1:4000/api/',
  clientId: 'id',
  clientSecret: 'it is a secret',
} as Tenant;
const running: RunningTenant = {
  contract,
  tenant,
  plan: undefined,
  listening: undefined,
  trust: undefined,
  token: undefined,
};
const TRUST = { ca: '/home/ca.pem', bundle: '/home/bundle.pem', javaStore: '/home/bundle.jks' };

const reasonOf = (run: () => unknown): string => {
  try {
    return `no error: ${run()}`;
  } catch (error) {
    return error instanceof TenantError ? `${error.code}: ${error.message}` : String(error);
  }
};

describe('options', () => {
  test.each([
    ['0', 0],
    ['65535', 65_535],
    ['0080', 80],
  ])('--port %s is %d', (text, want) => {
    expect(parsePort(text)).toBe(want);
  });

  test.each(['65536', '-1', '1.5', '', ' 1', '1 ', '1e3', 'x'])('--port "%s" is invalid', (text) => {
    expect(reasonOf(() => parsePort(text))).toBe(
      `TENANT_OPTION_INVALID: invalid --port "${text}"; expected a number from 0 to 65535`,
    );
  });

  test.each([
    ['7', 7],
    ['-7', -7],
    ['4294967297', 1],
  ])('--seed %s is %d', (text, want) => {
    expect(parseSeed(text)).toBe(want);
  });

  test.each(['', '1.5', 'x1', '1x', '--1'])('--seed "%s" is invalid', (text) => {
    expect(reasonOf(() => parseSeed(text))).toBe(
      `TENANT_OPTION_INVALID: invalid --seed "${text}"; expected an integer`,
    );
  });

  test.each(['/ready', 'http://localhost:3000/health', 'https://proxy.test/'])('--wait-for %s', (text) => {
    expect(parseWaitFor(text)).toBe(text);
  });

  test.each([
    { text: 'ready', shown: 'ready' },
    { text: '//proxy.test/', shown: '//proxy.test/' },
    { text: 'ftp://ada:secret@proxy.test/', shown: 'ftp://***@proxy.test/' },
  ])('--wait-for $shown is refused', ({ text, shown }) => {
    expect(reasonOf(() => parseWaitFor(text))).toBe(
      `TENANT_OPTION_INVALID: invalid --wait-for "${shown}"; expected an http or https URL, or a path of the tenant such as /ready`,
    );
  });

  test('--host must not be empty', () => {
    expect(parseHost('::1')).toBe('::1');
    expect(reasonOf(() => parseHost(' '))).toBe(
      'TENANT_OPTION_INVALID: invalid --host " "; expected an address such as 127.0.0.1',
    );
  });

  test('--habit adds to those before', () => {
    expect(parseHabit('lag=2s')).toEqual({ lag: '2s' });
    expect(parseHabit('total=0', { lag: '2s' })).toEqual({ lag: '2s', total: '0' });
    expect(parseHabit('lag=3', { lag: '2s' })).toEqual({ lag: '3' });
  });

  test.each([
    ['lag', 'TENANT_OPTION_INVALID: invalid --habit "lag"; expected NAME=VALUE, such as lag=2s'],
    ['=2', 'TENANT_OPTION_INVALID: invalid --habit "=2"; expected NAME=VALUE, such as lag=2s'],
    ['total=1', 'TENANT_HABIT_INVALID: habit "total" does not take "1"; expected 0'],
  ])('--habit "%s" is invalid', (text, want) => {
    expect(reasonOf(() => parseHabit(text))).toBe(want);
  });

  test.each<{ options: Partial<CommandOptions>; environment?: Readonly<Record<string, string>>; want: unknown }>([
    { options: {}, want: { token: undefined, hosts: [] } },
    { options: { control: true, controlHost: ['a', 'b'] }, want: { token: undefined, hosts: ['a', 'b'] } },
    { options: {}, environment: { ROLECALL_CONTROL_TOKEN: 't' }, want: { token: 't', hosts: [] } },
    { options: {}, environment: { ROLECALL_CONTROL_TOKEN: '' }, want: { token: undefined, hosts: [] } },
    { options: { openControl: true }, environment: { ROLECALL_CONTROL_TOKEN: 't' }, want: { token: null, hosts: [] } },
    { options: { control: false, openControl: true }, want: false },
  ])('the control API of $options with $environment: $want', ({ options, environment = {}, want }) => {
    expect(controlOptions({ port: 0, host: '', ...options }, environment)).toEqual(want);
  });

  test.each<{ options: Partial<CommandOptions>; command: readonly string[]; want: string }>([
    { options: {}, command: [], want: 'no error: undefined' },
    { options: { json: true, env: false }, command: [], want: 'no error: undefined' },
    { options: { env: true }, command: [], want: 'no error: undefined' },
    { options: { json: false }, command: ['true'], want: 'no error: undefined' },
    { options: { json: true, env: true }, command: [], want: '--json cannot be combined with --env' },
    { options: { json: true }, command: ['true'], want: '--json cannot be combined with a command' },
    { options: { env: true }, command: ['true'], want: '--env cannot be combined with a command' },
  ])('$options with $command: $want', ({ options, command, want }) => {
    const reason = reasonOf(() => checkOutput({ port: 0, host: '', ...options }, command));
    expect(reason).toBe(
      want.startsWith('--') ? `TENANT_OPTION_INVALID: ${want}; each decides what standard output contains` : want,
    );
  });
});

const VARIABLES = {
  AUTH0_DOMAIN: '127.0.0.1:4000',
  AUTH0_CLIENT_ID: 'id',
  AUTH0_CLIENT_SECRET: 'it is a secret',
  AUTH0_AUDIENCE: 'https://127.0.0.1:4000/api/',
  ROLECALL_URL: 'https://127.0.0.1:4000',
  ROLECALL_CLIENT_ID: 'id',
  ROLECALL_CLIENT_SECRET: 'it is a secret',
  ROLECALL_AUDIENCE: 'https://127.0.0.1:4000/api/',
};
const JAVA_OPTIONS =
  '-Djavax.net.ssl.trustStore=/home/bundle.jks -Djavax.net.ssl.trustStoreType=jks -Djavax.net.ssl.trustStorePassword=changeit';
const TRUST_VARIABLES = {
  NODE_EXTRA_CA_CERTS: '/home/ca.pem',
  SSL_CERT_FILE: '/home/bundle.pem',
  REQUESTS_CA_BUNDLE: '/home/bundle.pem',
  CURL_CA_BUNDLE: '/home/bundle.pem',
  JAVA_TOOL_OPTIONS: JAVA_OPTIONS,
};

describe('the variables of a command', () => {
  test('name the tenant', () => {
    expect(tenantVariables(running, {})).toEqual(VARIABLES);
  });

  test('have the token and the trusted files, if there are some', () => {
    expect(tenantVariables({ ...running, token: 'abc', trust: TRUST }, {})).toEqual({
      ...VARIABLES,
      ROLECALL_TOKEN: 'abc',
      ...TRUST_VARIABLES,
    });
  });

  test('replace those of the caller, whose token belongs to another tenant', () => {
    const environment = { PATH: '/bin', AUTH0_DOMAIN: 'other.example', ROLECALL_TOKEN: 'other' };
    expect(commandEnvironment(running, environment)).toEqual({ PATH: '/bin', ...VARIABLES });
    expect(commandEnvironment({ ...running, token: 'abc' }, environment)).toMatchObject({ ROLECALL_TOKEN: 'abc' });
  });

  test.each([
    [
      { url: 'u', token: 't' },
      { ROLECALL_CONTROL_URL: 'u', ROLECALL_CONTROL_TOKEN: 't' },
    ],
    [{ url: 'u', token: undefined }, { ROLECALL_CONTROL_URL: 'u' }],
  ])('lead to the control API %j', (control, want) => {
    expect(tenantVariables({ ...running, tenant: { ...tenant, control } }, {})).toEqual({ ...VARIABLES, ...want });
  });

  test('are exports of a shell, quoted where needed', () => {
    expect(shellExports({ A: 'plain', B: "it's" })).toBe("export A=plain\nexport B='it'\\''s'\n");
  });

  test.each([
    [{}, '/home/ca.pem'],
    [{ NODE_EXTRA_CA_CERTS: '' }, '/home/ca.pem'],
    [{ NODE_EXTRA_CA_CERTS: '/own.pem' }, '/home/bundle.pem'],
  ])('keep what %j adds to the authorities of Node', (environment, want) => {
    expect(trustVariables(TRUST, environment)).toEqual({ ...TRUST_VARIABLES, NODE_EXTRA_CA_CERTS: want });
  });

  test('keep the options of the caller for Java', () => {
    expect(trustVariables(TRUST, { JAVA_TOOL_OPTIONS: '-Xmx1g' })).toMatchObject({
      JAVA_TOOL_OPTIONS: `-Xmx1g ${JAVA_OPTIONS}`,
    });
  });

  test('quote a path with a space as Java reads it', () => {
    expect(trustVariables({ ...TRUST, javaStore: '/my home/bundle.jks' }, {}).JAVA_TOOL_OPTIONS).toMatch(
      /^'-Djavax.net.ssl.trustStore=\/my home\/bundle.jks' -D/,
    );
  });
});

describe('the bundle of certificates', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-trust-'));
    for (const name of ['ca', 'own', 'extra']) await writeFile(join(folder, `${name}.pem`), `\n${name}\n\n`);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const file = (name: string): string => join(folder, `${name}.pem`);

  test.each([
    {
      given: 'a file of the caller in place of that of the system',
      names: { SSL_CERT_FILE: 'own' },
      want: 'own\nca\n',
    },
    {
      given: 'what the caller adds for Node',
      names: { SSL_CERT_FILE: 'own', NODE_EXTRA_CA_CERTS: 'extra' },
      want: 'own\nextra\nca\n',
    },
  ])('has $given', async ({ names, want }) => {
    const environment = Object.fromEntries(Object.entries(names).map(([name, value]) => [name, file(value)]));
    const written = await writeTrustFiles(file('ca'), environment);
    expect(written).toEqual({ ca: file('ca'), bundle: file('bundle'), javaStore: join(folder, 'bundle.jks') });
    expect(await readFile(written.bundle, 'utf8')).toBe(want);
    expect((await stat(written.bundle)).mode & 0o777).toBe(0o600);
  });

  test('has the authorities of the system, or those of Node, where the caller has none', async () => {
    const { bundle } = await writeTrustFiles(file('ca'), { SSL_CERT_FILE: '', NODE_EXTRA_CA_CERTS: file('extra') });
    const text = await readFile(bundle, 'utf8');
    expect(text).toMatch(/-----END CERTIFICATE-----\nextra\nca\n$/);
    expect(text).toMatch(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s+(#.*\s+)*-----BEGIN/);
  });

  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('names the file in %s that cannot be read', async (name) => {
    await expect(writeTrustFiles(file('ca'), { [name]: file('none') })).rejects.toMatchObject({
      code: 'TENANT_CERTIFICATE',
      message: `cannot read ${file('none')}: there is no such file; correct or unset ${name}`,
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });

  test('is not written where its folder is missing', async () => {
    const ca = join(folder, 'none', 'ca.pem');
    await expect(writeTrustFiles(ca, { SSL_CERT_FILE: file('own') })).rejects.toMatchObject({
      code: 'TENANT_CERTIFICATE',
      message: `cannot write the certificate bundle ${join(folder, 'none', 'bundle.pem')}: there is no such file`,
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });
});

test('the instructions name a variable for each kind of client, and its file', () => {
  const lines = trustInstructions(TRUST, (text) => `<${text}>`).split('\n');
  const exported = lines.filter((line) => line.includes('export ') && !line.includes('JAVA'));
  expect(exported.map((line) => line.trim())).toEqual([
    'export NODE_EXTRA_CA_CERTS=</home/ca.pem>',
    'export SSL_CERT_FILE=</home/bundle.pem>',
    'export REQUESTS_CA_BUNDLE=</home/bundle.pem>',
    'export CURL_CA_BUNDLE=</home/bundle.pem>',
  ]);
  expect(lines).toContain(`  export JAVA_TOOL_OPTIONS=<${JAVA_OPTIONS}>`);
});

describe('the banner', () => {
  const plans = (...names: readonly string[]): Contract => ({
    ...contract,
    rateLimit: { plans: names.map((name) => ({ name })) } as unknown as NonNullable<Contract['rateLimit']>,
  });

  test('counts the operations, names the contract and the address, and escapes what a terminal obeys', async () => {
    const text = await welcome(running);
    expect(text).toMatch(
      /^Rolecall tenant: 1 operations of "Berths\\u\{1b\}" 2 at https:\/\/127\.0\.0\.1:4000\nThe contract has no rate limits\.\n\nMake a call; no operation requires a token:\n\n[\s\S]*\n\nOpen https:\/\/127\.0\.0\.1:4000\/ in a browser to look into it\.\n\nPress Ctrl-C to stop\.\n$/,
    );
    expect(text).not.toContain('authority');
  });

  test.each([
    ['t', 'Its token: t'],
    [undefined, 'No token is needed.'],
  ])('says where the control API is, whose token is %s', async (token, want) => {
    const text = await welcome({ ...running, tenant: { ...tenant, control: { url: 'http://h/_rolecall', token } } });
    expect(text).toContain(
      `\n\nControl API: http://h/_rolecall (reset, clock, faults; see docs/emulator.md)\n${want}\n\nOpen `,
    );
  });

  test('says where it listens, and how to trust it', async () => {
    const text = await welcome({ ...running, listening: 'http://0.0.0.0:1', trust: TRUST });
    expect(text).toContain('at https://127.0.0.1:4000, listening on http://0.0.0.0:1\n');
    expect(text).toContain('\n\nClients must trust the certificate authority');
    expect(text).toContain('export SSL_CERT_FILE=/home/bundle.pem\n');
  });

  test.each([
    { given: plans(), plan: undefined, want: 'The contract has no rate limits.' },
    {
      given: plans('free', 'paid'),
      plan: undefined,
      want: 'Enforces no rate limits; to enforce those of a plan, pass --plan and one of: free, paid.',
    },
    { given: plans('free'), plan: 'free', want: 'Enforces the rate limits of the plan "free".' },
  ])('says about rate limits: $want', async ({ given, plan, want }) => {
    expect((await welcome({ ...running, contract: given, plan })).split('\n')[1]).toBe(want);
  });
});

test('the details of a connection leave out what does not apply', () => {
  const { url, audience, clientId, clientSecret } = tenant;
  expect(connectionDetails({ ...running, token: 'abc', listening: 'http://0.0.0.0:1', trust: TRUST })).toEqual({
    url,
    audience,
    clientId,
    clientSecret,
    token: 'abc',
    listening: 'http://0.0.0.0:1',
    ca: '/home/ca.pem',
  });
  expect(JSON.parse(JSON.stringify(connectionDetails(running)))).toEqual({ url, audience, clientId, clientSecret });
});
