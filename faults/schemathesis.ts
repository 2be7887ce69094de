import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { embeddedTarget } from '../conformance/target/embedded.js';
import type { Target } from '../conformance/target/target.js';
import type { Contract } from '../contract/contract.js';
import type { Fault } from './fault.js';
import { serveTarget } from './serve-target.js';
import { independentTarget } from './server/target.js';
import { createIndependentTenant } from './server/tenant.js';
import { targetWith } from './verify-fault.js';

const run = promisify(execFile);

/** How Schemathesis does against one fault. */
export interface PeerDetection {
  /** It reports a failure that it does not report of the same server without the fault. */
  readonly found: boolean;
  /** The titles of these failures. */
  readonly shown: string;
  readonly seconds: number;
}

interface JsonReport {
  readonly failures: readonly { readonly title?: string }[];
  readonly baseline: { readonly new: number };
  readonly test_cases: { readonly errored: number };
}

/**
 * The newest Schemathesis, in a folder of its own that is removed at the end. It tests one operation with its defaults:
 * it has no fixtures, and what it reports of a server without faults is its baseline.
 */
export class Schemathesis {
  readonly #contract: Contract;
  readonly #folder: string;
  readonly #program: string;
  readonly version: string;
  readonly #baselines = new Map<string, string>();

  private constructor(contract: Contract, { folder, version }: { readonly folder: string; readonly version: string }) {
    this.#contract = contract;
    this.#folder = folder;
    this.#program = programIn(folder, 'st');
    this.version = version;
  }

  /** @throws where Python or the package index is missing */
  static async install(contract: Contract): Promise<Schemathesis> {
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-schemathesis-'));
    try {
      await run('python3', ['-m', 'venv', join(folder, 'venv')]);
      await run(programIn(folder, 'pip'), ['install', '--quiet', '--disable-pip-version-check', 'schemathesis']);
      writeFileSync(join(folder, 'openapi.json'), JSON.stringify(contract.document));
      const { stdout } = await run(programIn(folder, 'st'), ['--version']);
      return new Schemathesis(contract, { folder, version: stdout.trim().replace(/^.* /, '') });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async detect(fault: Fault): Promise<PeerDetection> {
    const baseline = await this.#baselineFor(fault);
    const begin = performance.now();
    const report = await this.#test(await targetWith(fault, this.#contract), fault.operation, baseline, []);
    const titles = new Set(report.failures.map(({ title = 'failure' }) => title));
    return {
      found: report.baseline.new > 0,
      shown: [...titles].join(', '),
      seconds: (performance.now() - begin) / 1000,
    };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What it reports of the operation without the fault, on the server that the fault is planted in. */
  async #baselineFor({ where, operation }: Fault): Promise<string> {
    const key = `${where}-${operation}`;
    const known = this.#baselines.get(key);
    if (known !== undefined) return known;
    const file = join(this.#folder, `${key}.baseline.json`);
    const target =
      where === 'gateway' ? await embeddedTarget(this.#contract) : independentTarget(await createIndependentTenant({}));
    await this.#test(target, operation, file, ['--baseline-update']);
    this.#baselines.set(key, file);
    return file;
  }

  async #test(target: Target, operation: string, baseline: string, more: readonly string[]): Promise<JsonReport> {
    const served = await serveTarget(target);
    const reports = mkdtempSync(join(this.#folder, 'report-'));
    try {
      const args = [
        ...['run', join(this.#folder, 'openapi.json'), '--url', `${served.url}${this.#contract.serverPath}`],
        ...['-H', `Authorization: Bearer ${await tokenOf(served.url, target)}`],
        ...['--include-operation-id', operation, '--seed', '1'],
        ...['--report', 'json', '--report-dir', reports, '--baseline', baseline, ...more],
      ];
      // It exits with 1 where it finds something.
      const failure = await run(this.#program, args, { cwd: reports }).then(
        () => '',
        ({ stderr, stdout }: { readonly stderr: string; readonly stdout: string }) => stderr + stdout,
      );
      const [file] = readdirSync(reports).filter((name) => name.endsWith('.json'));
      if (file === undefined || !existsSync(baseline)) throw new Error(`Schemathesis wrote no report: ${failure}`);
      const report = JSON.parse(readFileSync(join(reports, file), 'utf8')) as JsonReport;
      if (report.test_cases.errored > 0) throw new Error(`Schemathesis could not test ${operation}: ${failure}`);
      return report;
    } finally {
      await served.close();
      await target.close();
    }
  }
}

function programIn(folder: string, name: string): string {
  return join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', name);
}

/** A token with all scopes of the client of a target. */
async function tokenOf(url: string, { credentials: { client }, audience }: Target): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: client?.id,
      client_secret: client?.secret,
      audience,
    }),
  });
  const { access_token: token } = (await response.json()) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`${url} issued no token: ${response.status}.`);
  return token;
}
