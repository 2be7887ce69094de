import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';
import { HEALTH_PATH } from '../../tenant/health.js';
import { builtCli, start } from '../../test-support/cli.js';
import { freePort } from '../../test-support/free-port.js';
import { codeBlocks } from '../../test-support/pages.js';
import { blockOf, RECIPES } from './recipes.js';

const root = packageRoot();
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');

const work = mkdtempSync(join(tmpdir(), 'rolecall-containers-'));
afterAll(() => rmSync(work, { recursive: true }));

interface Compose {
  readonly services: Readonly<Record<'tenant' | 'tests', Service>>;
}

interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

describe('the Dockerfile', () => {
  const text = read('Dockerfile');

  test('starts what the package has, and says when it is ready', () => {
    const { bin } = JSON.parse(read('package.json')) as { readonly bin: Readonly<Record<string, string>> };
    expect(text).toContain(`/app/node_modules/rolecall/${bin.rolecall}`);
    expect(text).toContain(HEALTH_PATH);
    const port = /"--port", "(\d+)"/.exec(text)?.[1] ?? '';
    expect([text.includes(`EXPOSE ${port}\n`), text.includes(`http://127.0.0.1:${port}${HEALTH_PATH}`)]).toEqual([
      true,
      true,
    ]);
  });

  test('does not run as root, and copies nothing that the build makes', () => {
    expect(text).toMatch(/^USER node$/m);
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'dist', 'build', '.git']));
  });
});

describe('the compose example', () => {
  const { services } = load(read('examples', 'docker', 'compose.yaml')) as Compose;

  test('names files that are there, and waits until the tenant is healthy', () => {
    const mounted = [...services.tenant.volumes, ...services.tests.volumes].map((volume) => volume.split(':')[0] ?? '');
    expect(mounted.filter((file) => !existsSync(join(root, 'examples', 'docker', file)))).toEqual([]);
    expect(services.tests.depends_on).toEqual({ tenant: { condition: 'service_healthy' } });
  });

  test('works: its tenant and its test, here without containers', async () => {
    const port = await freePort();
    const here = (text: string): string =>
      text
        .replaceAll('tenant:4000', `localhost:${port}`)
        .replace('/state/', `${join(root, 'examples', 'docker')}/`)
        .replace(/^tenant$/, 'localhost');
    const entry = ['tenant', '--host', '127.0.0.1', '--port', String(port), '--quiet'];
    const tenant = start(builtCli(), [...entry, ...services.tenant.command.map(here)], services.tenant.environment);
    await tenant.firstLine;
    const environment = Object.fromEntries(
      Object.entries(services.tests.environment).map(([name, value]) => [name, here(value)]),
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'examples', 'docker', 'smoke-test.mjs')],
      {
        env: { ...process.env, ...environment },
      },
    ).finally(() => tenant.child.kill());
    expect(stdout).toBe('The tenant answers, and was reset.\n');
  });
});

describe('the GitHub Action', () => {
  const action = read('actions', 'tenant', 'action.yml');

  test('is valid, and the recipe that uses it', () => {
    expect(validateAction(action).errors).toEqual([]);
    const [recipe = ''] = codeBlocks('docs/testing.md', 'yaml');
    expect(validateWorkflow(recipe).errors).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('its tenant is there for the next steps', async () => {
    const { runs } = load(action) as { readonly runs: { readonly steps: readonly { readonly run?: string }[] } };
    const script = `${runs.steps.at(-1)?.run}\necho $! > "$RUNNER_TEMP/pid"\n`;
    const file = join(work, 'github.env');
    const env = {
      ...process.env,
      CLI: builtCli(),
      ARGS: '--seed\n7\n',
      TLS: 'false',
      RUNNER_TEMP: work,
      GITHUB_ENV: file,
    };
    // As GitHub runs the steps of a composite action.
    const step = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { env, stdio: 'inherit' });
    expect(await new Promise((resolve) => step.once('exit', resolve))).toBe(0);
    const variables = Object.fromEntries(
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s)),
    );
    try {
      expect((await fetch(`${variables.ROLECALL_URL}${HEALTH_PATH}`)).status).toBe(200);
      expect(variables).toMatchObject({
        AUTH0_DOMAIN: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        AUTH0_CLIENT_ID: expect.stringMatching(/^\w{32}$/),
      });
    } finally {
      process.kill(Number(readFileSync(join(work, 'pid'), 'utf8')));
    }
  });
});

test('every recipe is on the page', () => {
  const imported = RECIPES.map((recipe) => [
    recipe.name,
    /testcontainers|vitest|jest|playwright/.exec(blockOf(recipe))?.[0],
  ]);
  expect(imported).toEqual(RECIPES.map(({ name }) => [name, name.replace(/-.*/, '')]));
});
