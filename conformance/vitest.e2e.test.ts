import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import { packageRoot } from '../contract/load/package-root.js';
import { createTenant } from '../tenant/tenant.js';
import { built, SHORT_RUN } from '../test-support/cli.js';
import { checks } from './checks/table.js';
import { createPlan, nameOf } from './engine/plan/plan.js';
import { mergeReports } from './report/merge.js';
import type { Report } from './report/report.js';
import { startFaultProxy } from './test-support/fault-proxy.js';

const PROJECT = join(import.meta.dirname, 'test-support', 'vitest-project');
const VITEST = join(packageRoot(), 'node_modules', 'vitest', 'vitest.mjs');

interface Ran {
  readonly code: number;
  readonly tests: readonly {
    readonly title: string;
    readonly status: string;
    readonly failureMessages: readonly string[];
  }[];
}

describe('conformance() in a vitest project', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-vitest-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('shows each check of each operation as one test, over all parts', async () => {
    const { code, tests } = await vitest([]);
    const plan = createPlan(await defaultContract(), checks, {
      depth: 'standard',
      only: ['users.roles.*/token-m*', 'users.roles.*/documented-success'],
      skip: [],
    });
    expect(tests.map(({ title }) => title).sort()).toEqual(plan.checks.map(nameOf).sort());
    expect(tests.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(code).toBe(0);
  });

  it("runs by vitest's own filters", async () => {
    const { tests } = await vitest(['-t', 'users.roles.assign/token-m']);
    const ran = tests.filter(({ status }) => status === 'passed').map(({ title }) => title);
    expect(ran.sort()).toEqual(['users.roles.assign/token-malformed', 'users.roles.assign/token-missing']);
  });

  it("is divided by vitest's own shards, whose reports merge into one", async () => {
    const shards = [
      await vitest(['--shard', '1/2'], { REPORT: folder }),
      await vitest(['--shard', '2/2'], { REPORT: folder }),
    ];
    expect(shards.map(({ code }) => code)).toEqual([0, 0]);
    const parts = await readdir(folder);
    expect(parts.filter((part) => part.startsWith('part-')).sort()).toEqual(['part-1-of-2', 'part-2-of-2']);
    const reports = await Promise.all(
      ['part-1-of-2', 'part-2-of-2'].map(
        async (part): Promise<Report> => JSON.parse(await readFile(join(folder, part, 'report.json'), 'utf8')),
      ),
    );
    const merged = mergeReports(reports, checks);
    expect(merged.summary.checks).toBe(shards.flatMap(({ tests }) => tests).length);
    expect(merged).toMatchObject({ verdict: 'conforms', summary: { operations: 3 } });
  });

  it('fails with the finding, and how to replay it', async () => {
    const tenant = await createTenant(await defaultContract());
    const listening = await tenant.listen();
    const proxy = await startFaultProxy({
      url: listening.url,
      fault: 'success-as-200',
      fullToken: () => tenant.token(),
    });
    const { code, tests } = await vitest(['-t', 'users.roles.assign/documented-success'], {
      ROLECALL_URL: proxy.url,
      ROLECALL_CLIENT_ID: tenant.clientId,
      ROLECALL_CLIENT_SECRET: tenant.clientSecret,
      ROLECALL_AUDIENCE: tenant.audience,
    });
    await proxy.close();
    await listening.close();
    expect(code).toBe(1);
    const [failure] = tests.filter(({ status }) => status === 'failed');
    expect(failure?.failureMessages.join()).toMatch(
      /status 200 instead of 204\n +expected +204\n[\s\S]*replay +rolecall verify http/,
    );
    expect(failure?.failureMessages.join()).not.toMatch(/\n\s+at /);
  });

  async function vitest(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const file = join(folder, `${Math.random()}.json`);
    const all = [
      ...SHORT_RUN,
      VITEST,
      'run',
      '--config',
      join(PROJECT, 'vitest.config.ts'),
      '--reporter=json',
      `--outputFile=${file}`,
      ...args,
    ];
    const code = await new Promise<number>((resolve) => {
      execFile(
        process.execPath,
        all,
        { cwd: PROJECT, env: { ...process.env, ROLECALL_VITEST: built('conformance/vitest.ts'), ...env } },
        (error) => {
          resolve(error === null ? 0 : Number(error.code));
        },
      );
    });
    const { testResults } = JSON.parse(await readFile(file, 'utf8'));
    // The parts of vitest's JSON report that the tests read.
    return {
      code,
      tests: testResults.flatMap((result: { assertionResults: Ran['tests'] }) => result.assertionResults),
    };
  }
});
