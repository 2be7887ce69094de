import { describe, expect, it } from 'vitest';
import { replayOptions } from './verify.js';
import { type RawOptions, readOptions, resolveOptions } from './verify-options.js';

const URL_GIVEN = 'http://127.0.0.1:4000';

function fault(url: string | undefined, raw: RawOptions, environment: Record<string, string> = {}): string | undefined {
  try {
    readOptions(url, raw, environment, () => 7);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the options of verify', () => {
  it('have defaults for everything', () => {
    expect(readOptions(undefined, {}, { ROLECALL_STATE: '/state' }, () => 7)).toEqual({
      allowRef: [],
      overlay: [],
      setPath: [],
      stateless: false,
      credentials: {},
      headers: {},
      only: [],
      skip: [],
      depth: 'standard',
      seed: 7,
      maxRequests: Number.POSITIVE_INFINITY,
      timeoutMs: Number.POSITIVE_INFINITY,
      allowMissing: false,
      dryRun: false,
      trace: false,
      json: false,
      verbose: false,
      production: false,
      readOnly: false,
      scopes: false,
      stateFolder: '/state',
    });
  });

  it('come from the environment where they are absent; an empty variable is absent', () => {
    const environment = {
      ROLECALL_URL: URL_GIVEN,
      ROLECALL_CLIENT_ID: 'id',
      ROLECALL_CLIENT_SECRET: 'secret',
      ROLECALL_AUDIENCE: 'https://a/',
      ROLECALL_TOKEN: '',
    };
    const read = readOptions(undefined, { clientId: 'other' }, environment, () => 7);
    expect(read).toMatchObject({ audience: 'https://a/', credentials: { client: { id: 'other', secret: 'secret' } } });
    expect(read.url?.href).toBe(`${URL_GIVEN}/`);
    expect(read.credentials).not.toHaveProperty('token');
  });

  it('send the headers of the environment and of the command line, the latter where both have one', () => {
    const environment = { ROLECALL_HEADERS: 'X-App-Key: secret\nX-Org: 1\n' };
    const { headers } = readOptions('http://127.0.0.1:4000', { header: ['x-org: 2'] }, environment, () => 1);
    expect(headers).toEqual({ 'x-app-key': 'secret', 'x-org': '2' });
    expect(() => readOptions(undefined, { header: ['x-org: 2'] }, {}, () => 1)).toThrow(
      '--header (or ROLECALL_HEADERS) needs a target',
    );
  });

  it.each([
    ['abc', { token: 'abc' }],
    ['bearer abc', { token: 'abc', scheme: 'Bearer' }],
    ['Token abc', { token: 'abc', scheme: 'Token' }],
    ['ada:a long word', { token: 'ada:a long word' }],
  ])('take a token with or without its scheme: %s', (token, want) => {
    expect(readOptions(URL_GIVEN, { token }, {}, () => 7).credentials).toEqual(want);
  });

  it('of the function are those of the command line', () => {
    const options = {
      target: URL_GIVEN,
      token: 't',
      seed: 3,
      shard: [2, 8],
      maxRequests: 10,
      timeoutMs: 99,
      path: '3:1',
    } as const;
    const raw = { token: 't', seed: '3', shard: '2/8', maxRequests: '10', timeout: '99', path: '3:1' };
    expect(resolveOptions(options, {}, () => 7)).toEqual(readOptions(URL_GIVEN, raw, {}, () => 7));
  });

  it.each([
    [{ shard: '9' }, 'invalid --shard "9"; expected I/N with I from 1 to N, such as 1/4, or auto.'],
    [{ shard: '0/4' }, 'invalid --shard "0/4"; expected I/N with I from 1 to N, such as 1/4, or auto.'],
    [{ depth: 'deep' }, 'invalid --depth "deep"; expected one of smoke, standard, exhaustive.'],
    [{ seed: '1.5' }, 'invalid --seed "1.5"; expected a whole number from 0 to 2147483647.'],
    [{ seed: '2147483648' }, 'invalid --seed "2147483648"; expected a whole number from 0 to 2147483647.'],
    [{ timeout: '0' }, 'invalid --timeout "0"; expected a whole number from 1 to 2147483647.'],
    [{ maxRequests: 'many' }, 'invalid --max-requests "many"; expected a whole number from 1 to 2147483647.'],
    [{ path: '3/' }, 'invalid --path "3/"; expected the path of a replay line, such as 3:1:0.'],
  ])('refuse %j', (raw, want) => {
    expect(fault(undefined, raw)).toBe(want);
  });

  it.each([
    ['', 'invalid URL ""; expected a tenant\'s root, such as https://travel0.eu.auth0.com or http://127.0.0.1:4000.'],
    [
      'ftp://a',
      'invalid URL "ftp://a"; expected a tenant\'s root, such as https://travel0.eu.auth0.com or http://127.0.0.1:4000.',
    ],
    [
      'localhost:4201/api',
      'invalid URL "localhost:4201/api"; expected a scheme before it: http://localhost:4201/api or https://localhost:4201/api.',
    ],
    [
      'tenant.example',
      'invalid URL "tenant.example"; expected a scheme before it: http://tenant.example or https://tenant.example.',
    ],
    [
      'report.json',
      'invalid URL "report.json"; expected a tenant\'s root, such as https://travel0.eu.auth0.com or http://127.0.0.1:4000 (a document goes after --spec; --json takes no file and prints on stdout).',
    ],
    ['http://user:pass@a/', 'invalid URL of "a"; expected scheme, host and path, without user, query or fragment.'],
    ['http://a/?b', 'invalid URL of "a"; expected scheme, host and path, without user, query or fragment.'],
  ])('refuse the URL %j', (url, want) => {
    expect(fault(url, {})).toBe(want);
  });

  it.each([
    [{ clientSecret: 's' }, '--client-secret needs --client-id (or ROLECALL_CLIENT_ID).'],
    [{ clientId: 'i' }, '--client-id needs --client-secret (or ROLECALL_CLIENT_SECRET).'],
  ])('refuse half of a client: %j', (raw, want) => {
    expect(fault(URL_GIVEN, raw)).toBe(want);
  });

  it.each([
    [{ token: 't' }, {}, '--token (or ROLECALL_TOKEN) needs a target'],
    [{}, { ROLECALL_CLIENT_SECRET: 's' }, '--client-secret (or ROLECALL_CLIENT_SECRET) needs a target'],
    [{}, { ROLECALL_AUDIENCE: 'a', ROLECALL_URL: '' }, '--audience (or ROLECALL_AUDIENCE) needs a target'],
    [{ clientId: 'i', clientSecret: 's' }, {}, '--client-id (or ROLECALL_CLIENT_ID) needs a target'],
  ])('refuse credentials without a target: %j %j', (raw, environment, want) => {
    expect(fault(undefined, raw, environment)).toContain(want);
    expect(fault(undefined, { ...raw, dryRun: true }, environment) ?? '').not.toContain('needs a target');
  });
});

describe('replayOptions', () => {
  it('are the options of the run that change its requests', () => {
    const words = {
      overlay: ['one.yaml'],
      allowRef: ['parts'],
      setPath: ['account_id=42'],
      fixtures: 'f.json',
      tokens: 't.json',
    };
    const given = { spec: 'api.yaml', ...words, stateless: true, seed: '7', depth: 'smoke' };
    const resolved = readOptions('http://127.0.0.1:1', { ...given, token: 'abc' }, {}, () => 1);
    expect(replayOptions(resolved, { url: 'http://127.0.0.1:1' })).toEqual({
      ...given,
      seed: 7,
      url: 'http://127.0.0.1:1',
    });
  });
});
