import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Loopback, listen } from '../../conformance/test-support/loopback.js';
import { builtCli, type Finished } from '../../test-support/cli.js';
import { createScenario, type Scenario } from '../../test-support/scenario.js';
import { readAction, readComponent } from './templates.js';

/** The shell steps of the CI templates run as their runners run them; what downloads is replaced. */

let scenario: Scenario;
let broken: Loopback;

beforeAll(async () => {
  scenario = createScenario(builtCli());
  broken = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"roles":7}');
  });
});

afterAll(async () => {
  scenario.remove();
  await broken.close();
});

function bash(script: string, environment: Readonly<Record<string, string>>): Promise<Finished> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: scenario.path, ...environment };
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: scenario.folder,
      env,
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => {
        output[name] += chunk;
      });
    child.on('close', (code) => resolve({ code, ...output }));
  });
}

/** Runs a step of the action as GitHub's runner does. */
async function runStep(name: string, given: Readonly<Record<string, string>>) {
  const { inputs, runs } = readAction();
  const step = runs.steps.find((each) => each.name === name);
  const [output, summary] = [join(scenario.folder, 'output'), join(scenario.folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const expressions: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(inputs).map(([key, input]) => [`inputs.${key}`, input.default ?? ''])),
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [`inputs.${key}`, value])),
    'steps.install.outputs.cli': builtCli(),
    'github.action_path': scenario.folder,
  };
  const env = Object.entries(step?.env ?? {}).map(([key, text]) => [
    key,
    text.replace(
      /\$\{\{ ([\w.-]+) \}\}/g,
      (_, expression: string) => expressions[expression] ?? `unknown ${expression}`,
    ),
  ]);
  const finished = await bash(step?.run ?? 'exit 99', {
    ...Object.fromEntries(env),
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: scenario.folder,
  });
  return { ...finished, output: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') };
}

const reportOf = (file: string) => readFileSync(join(scenario.folder, 'rolecall-report', file), 'utf8');

describe('the GitHub Action', () => {
  test('installs a package, or builds its own source', async () => {
    scenario.install('npm', 'echo "npm $*"');
    const named = await runStep('Install Rolecall', { package: 'rolecall@1' });
    expect(named.stdout).toBe(`npm install --prefix ${scenario.folder}/rolecall --no-audit --no-fund rolecall@1\n`);
    expect(named.output).toBe(`cli=${scenario.folder}/rolecall/node_modules/rolecall/dist/rolecall.js\n`);
    const built = await runStep('Install Rolecall', {});
    expect(built.stdout).toBe('npm ci --no-audit --no-fund\n');
    expect(built.output).toBe(`cli=${scenario.folder}/dist/rolecall.js\n`);
  });

  test('passes where the target conforms, with a summary and a report', async () => {
    const { code, output, summary, stderr } = await runStep('Verify', { args: '--only\nroles.get/*\n--seed\n9\n' });
    expect(code, stderr).toBe(0);
    expect(output).toBe('verdict=conforms\n');
    expect(summary).toContain('# conforms: 1 operation');
    expect(JSON.parse(reportOf('findings.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(JSON.parse(reportOf('report.json'))).toMatchObject({ verdict: 'conforms', seed: 9, depth: 'smoke' });
  });

  test('fails where it does not, with annotations, and accepts what the baseline names', async () => {
    const inputs = { url: broken.url, token: 'a.b.c', args: '--only\nroles.list/documented-success' };
    const { code, output, stdout, stderr } = await runStep('Verify', inputs);
    expect(stderr).toBe('');
    expect(output).toBe('verdict=violates\n');
    expect(code).toBe(1);
    expect(stdout).toContain('::error ');
    const { findings } = JSON.parse(reportOf('report.json')) as { findings: readonly { fingerprint: string }[] };
    const accepted = findings.map(({ fingerprint }) => ({ fingerprint, reason: 'a test', until: '2999-01-01' }));
    writeFileSync(join(scenario.folder, 'known.json'), JSON.stringify({ accepted }));
    const known = await runStep('Verify', { ...inputs, baseline: 'known.json' });
    expect(known.output).toBe('verdict=conforms\n');
    expect(known.code).toBe(0);
  });

  test('says that a target that is not local is somebody’s, and whose', async () => {
    const url = 'https://tenant.invalid';
    const { code, stderr } = await runStep('Verify', { url, token: 'a.b.c', 'tenant-name': 'other' });
    expect(stderr).toContain('--i-own-this-tenant');
    expect(code).toBe(2);
  });
});

test('the GitLab component passes where the target conforms, and keeps the report', async () => {
  const job = readComponent({ report: 'gitlab-report' }).jobs['rolecall-verify'];
  scenario.install('npm', 'echo "npm $*"');
  const script = [
    ...(job?.before_script ?? []),
    ...(job?.script ?? []).map((line) => line.replace('verify "$@"', `verify "$@" --only 'roles.get/*'`)),
  ];
  const { code, stdout, stderr } = await bash(script.join('\n'), { ...job?.variables });
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('npm install --no-save --no-audit --no-fund rolecall\n');
  expect(readFileSync(join(scenario.folder, 'gitlab-report', 'junit.xml'), 'utf8')).toContain('<testsuites');
});
