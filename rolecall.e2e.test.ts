import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyInProcess } from './conformance/test-support/verify-in-process.js';
import { loadContract } from './contract/load/load.js';
import { packageRoot } from './contract/load/package-root.js';
import { builtCli, type Running, SHORT_RUN, start } from './test-support/cli.js';
import { codeBlocks, commandsIn, PAGES } from './test-support/pages.js';
import { createScenario, type Scenario } from './test-support/scenario.js';

/** Every command and sample that a page or a help page shows works, in the built package. */

const root = packageRoot();

/** `contributing.e2e.test.ts` runs the commands of CONTRIBUTING.md. */
const onPages = ['README.md', 'spec/README.md'].flatMap((page) =>
  ['sh', 'yaml'].flatMap((language) => codeBlocks(page, language).flatMap(commandsIn)),
);

/** Placeholders for the reader's server. */
const SERVERS = ['http://127.0.0.1:4000', 'https://travel0.eu.auth0.com'];

/** Commands that run until they are stopped. */
const ENDLESS = /rolecall (tenant|proxy)\b(?!.* -- )|--watch\b/;
/** A proxy that is stopped before anything passes has judged nothing. */
const IDLE = /rolecall proxy\b(?!.* -- )/;

const cli = builtCli();
const pages = new Map<string, string>();
/** A help page, printed once. */
function help(...args: readonly string[]): string {
  const key = args.join(' ');
  const page = pages.get(key) ?? execFileSync(process.execPath, [...SHORT_RUN, cli, ...args], { encoding: 'utf8' });
  pages.set(key, page);
  return page;
}
const subcommands = [...help('--help').matchAll(/^ {2}([a-z]+) .* {2,}/gm)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'help' && name !== 'rolecall');
const inHelp = [help('--help'), ...subcommands.map((name) => help('help', name))].flatMap(commandsIn);
const documented = [...new Set([...onPages, ...inHelp].map((command) => command.replace(/^npx /, '')))];

describe('help', () => {
  test.each(['', ...subcommands])('of "%s" has no line over 80 columns', (name) => {
    const lines = help(...(name === '' ? ['--help'] : ['help', name])).split('\n');
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  });
});

test.each(subcommands)('"%s" takes --overlay wherever it takes --spec', (name) => {
  const page = help('help', name);
  expect(page.includes('--overlay <file>')).toBe(page.includes('--spec <file>'));
});

/**
 * Commands that read the contract of the project, here a small one. Others run where there is none, which is how most
 * users run them.
 */
const OF_PROJECT = /rolecall generate(?! --out)|spec\//;

describe('documented commands', () => {
  let project: Scenario;
  let elsewhere: Scenario;
  let tenant: Running;
  let url: string;

  beforeAll(async () => {
    tenant = start(cli, ['tenant', '--json', '--quiet']);
    const facts = JSON.parse(await tenant.firstLine) as Readonly<Record<'url' | 'clientId' | 'clientSecret', string>>;
    url = facts.url;
    const environment = { TENANT_CLIENT_ID: facts.clientId, TENANT_CLIENT_SECRET: facts.clientSecret };
    project = createScenario(cli, environment);
    elsewhere = createScenario(cli, environment);
    for (const scenario of [project, elsewhere]) {
      writeFiles(scenario.folder);
      // npm takes longer to start than the tests that it starts here.
      scenario.install('npm', `[ "$*" = test ] && exec "${process.execPath}" -e "${REQUEST}"`);
    }
    for (const place of ['spec', 'released/spec', '../released/spec']) {
      mkdirSync(join(project.folder, place), { recursive: true });
      writeFileSync(join(project.folder, place, 'openapi.yaml'), JSON.stringify(API));
    }
  });

  afterAll(() => {
    tenant.child.kill();
    project.remove();
    elsewhere.remove();
  });

  test('are found on the pages and in the help', () => {
    expect(subcommands).toEqual(expect.arrayContaining(['generate', 'verify', 'tenant', 'replay', 'diff']));
    expect(onPages.length).toBeGreaterThan(15);
    expect(inHelp.length).toBeGreaterThan(15);
  });

  test.each(documented)('%s', async (command) => {
    const scenario = OF_PROJECT.test(command) ? project : elsewhere;
    await prepare(command, scenario);
    const { code, stdout, stderr } = await scenario.run(located(command, url), { endless: ENDLESS.test(command) });
    expect(stderr).not.toMatch(/^rolecall: /m);
    if (ENDLESS.test(command)) expect(stdout + stderr).not.toBe('');
    expect(code, stdout + stderr).toBe(IDLE.test(command) ? 2 : 0);
  });
});

/**
 * Replaces the reader's server by the tenant of this test, and a fixed port by a free one. Runs whole verifications with
 * less depth and of few operations: other tests run them in full.
 */
function located(command: string, url: string): string {
  const here = SERVERS.reduce((text, server) => text.replaceAll(server, url), command).replace(
    /--port \d+/,
    '--port 0',
  );
  // One check that a command names may be of a greater depth.
  const depth = /--(depth|merge)|--only \S+\/[a-z]/.test(here) ? '' : ' --depth smoke';
  const few = /--(only|merge)/.test(here) ? '' : " --only 'roles.get/*'";
  const local = here.replace('rolecall verify', `rolecall verify${depth}${few}`);
  return local.includes(url) && !ENDLESS.test(local) ? `${CREDENTIALS} ${local}` : local;
}

/** For what goes to a server; without one, credentials have no use. */
const CREDENTIALS = 'ROLECALL_CLIENT_ID=$TENANT_CLIENT_ID ROLECALL_CLIENT_SECRET=$TENANT_CLIENT_SECRET';

/** What the tests of the reader's project do: a request, where a target is in the environment. */
const REQUEST = "process.env.ROLECALL_URL && fetch(process.env.ROLECALL_URL + '/api/v2/roles')";

/** Every file that an example names. */
function writeFiles(folder: string): void {
  const put = (path: string, value: unknown) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(value));
  };
  for (const path of ['api.json', 'old.yaml', 'new.yaml']) put(path, API);
  writeFileSync(join(folder, 'ours.yaml'), OVERLAY);
  put('exported/roles/Guide.json', { name: 'Guide' });
  for (const path of ['people.json', 'fixtures/tenant.json']) put(path, STATE);
  const recording: unknown = JSON.parse(readFileSync(join(root, 'test-support/recording.json'), 'utf8'));
  for (const path of ['recordings/roles.json', 'cassettes/roles.yaml', 'traffic.json', 'live.json', 'session.har'])
    put(path, recording);
  const process = { pid: 1, host: 'another machine', started: '' };
  const run = { kind: 'run', version: 1, audience: '', mark: 'rc00000000', startedAt: '', process };
  put('run.jsonl', { ...run, target: 'https://travel0.eu.auth0.com' });
}

/** What a command needs that another command makes. */
async function prepare(command: string, scenario: Scenario): Promise<void> {
  if (command.includes('--check')) expect(await scenario.run('rolecall generate')).toMatchObject({ code: 0 });
  const parts = [...command.matchAll(/part-(\d+)\/report\.json/g)].map(([, part]) => part);
  const missing = parts.filter((part) => {
    const report = join(scenario.folder, `part-${part}`, 'report.json');
    return !existsSync(report) || shardsOf(report) !== parts.length;
  });
  for (const part of missing) {
    const shard = { shard: `${part}/${parts.length}`, report: join(scenario.folder, `part-${part}`) };
    const options = { only: ['roles.get/*'], depth: 'smoke', seed: '1', ...shard };
    expect(await verifyInProcess(undefined, options)).toMatchObject({ code: 0 });
  }
}

/** How many parts the run of a report had. */
function shardsOf(report: string): number | undefined {
  const { shard } = JSON.parse(readFileSync(report, 'utf8')) as { readonly shard?: readonly [number, number] };
  return shard?.[1];
}

const API = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/accounts/{account_id}/notes': {
      parameters: [{ name: 'account_id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'listNotes', responses: { '204': { description: 'No notes.' } } },
    },
    '/things': {
      get: {
        operationId: 'getThings',
        responses: {
          '200': {
            description: 'The things.',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
            },
          },
        },
      },
      delete: { 'x-internal': true, responses: { '204': { description: 'Gone.' } } },
    },
  },
  components: { schemas: { Thing: { type: 'object', properties: { size: { type: 'number' } } } } },
};

/** The overlay that README.md shows, a YAML document. */
const OVERLAY = codeBlocks('README.md', 'yaml').find((block) => block.startsWith('overlay:')) ?? '';

test('the overlay in README.md changes what it says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-overlay-'));
  const [spec, overlay] = [join(folder, 'api.json'), join(folder, 'ours.yaml')];
  writeFileSync(spec, JSON.stringify(API));
  writeFileSync(overlay, OVERLAY);
  const { contract, warnings } = await loadContract(spec, { overlay: [overlay] });
  expect(warnings).toEqual([]);
  expect(contract.operations.map(({ id }) => id)).toEqual(['listNotes', 'things.list']);
  expect(contract.schemas.get('Thing')?.properties).toEqual({ size: { type: ['integer', 'null'] } });
});

const STATE = {
  users: [{ user_id: 'auth0|ada', connection: 'Username-Password-Authentication', email: 'ada@travel0.example' }],
  roles: [{ name: 'Guide' }],
  'user-roles': [{ user: 'auth0|ada', role: 'Guide' }],
};

describe('the scripts that pages name', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const text = [...PAGES, '.ci/run'].map((page) => readFileSync(join(root, page), 'utf8')).join('\n');
  const named = [...text.matchAll(/npm (?:run (?:-s )?)?(test|(?<=run )(?!-s)[\w:]+|(?<=-s )[\w:]+)/g)].map(
    ([, name = '']) => name,
  );

  test('exist', () => {
    expect(named.length).toBeGreaterThan(8);
    expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('are two on the first lines of the README, and CI runs the second', () => {
    const [first = ''] = codeBlocks('README.md', 'sh');
    expect(first).toMatch(/^npm ci && npm run verify .*\nnpm ci && npm test .*\n$/);
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm ci .*\nnpm test\n$/m);
  });
});

test('the TypeScript of the README compiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-readme-'));
  const samples = codeBlocks('README.md', 'ts');
  expect(samples.length).toBeGreaterThan(3);
  for (const [index, text] of samples.entries()) writeFileSync(join(folder, `sample-${index}.ts`), text);
  const paths = {
    rolecall: 'index.ts',
    'rolecall/client': 'generated/client.ts',
    'rolecall/functions': 'generated/functions.ts',
    'rolecall/tenant': 'tenant/tenant.ts',
    'rolecall/vitest': 'conformance/vitest.ts',
  };
  const config = {
    // The project's options, since the samples import its sources instead of its declarations.
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      module: 'ESNext',
      moduleResolution: 'Bundler',
      typeRoots: [join(root, 'node_modules/@types')],
      paths: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, [join(root, path)]])),
    },
    include: ['*.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  // Several threads each check types that the others checked.
  const args = [compiler, '-p', folder, '--pretty', 'false', '--singleThreaded'];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
});

test('no line of help is longer than 80 columns', () => {
  expect(subcommands.length).toBeGreaterThanOrEqual(5);
  const texts = [help('--help'), ...subcommands.map((name) => help('help', name))];
  expect(texts.filter((text) => text.split('\n').length < 10)).toEqual([]);
  expect(texts.flatMap((text) => text.split('\n').filter((line) => line.length > 80))).toEqual([]);
});
