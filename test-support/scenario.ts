import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../contract/load/package-root.js';
import { type Finished, SHORT_RUN } from './cli.js';

/** A user's project in a temporary folder, with `rolecall` installed. */
export interface Scenario {
  /** The working directory. Its parent is empty otherwise. */
  readonly folder: string;
  /** The PATH of its commands. */
  readonly path: string;
  /** Makes a command of these lines of bash, in place of any other of this name. */
  install(name: string, script: string): void;
  /** Runs a command line in bash. `endless` commands are stopped once they print something. */
  run(command: string, options?: { readonly endless?: boolean }): Promise<Finished>;
  remove(): void;
}

/** As much of jq as the examples use, since a machine may not have it: `.name`. */
const JQ =
  'const value = JSON.parse(require("fs").readFileSync(0, "utf8")); console.log(value[process.argv[1].slice(1)]);';

/** @param cli - the built command line, which `rolecall` and `npx rolecall` run */
export function createScenario(cli: string, environment: Readonly<Record<string, string>> = {}): Scenario {
  const parent = mkdtempSync(join(tmpdir(), 'rolecall-scenario-'));
  const folder = join(parent, 'project');
  const bin = join(parent, 'bin');
  for (const path of [folder, bin]) mkdirSync(path);
  const execute = `exec "${process.execPath}" ${SHORT_RUN.join(' ')} "${cli}" "$@"\n`;
  writeScript(join(bin, 'rolecall'), execute);
  writeScript(join(bin, 'npx'), `shift\n${execute}`);
  writeScript(join(bin, 'jq'), `exec "${process.execPath}" -e '${JQ}' "$@"\n`);
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    ROLECALL_HOME: join(parent, 'home'),
    ...environment,
  };
  return {
    folder,
    path: env.PATH,
    install: (name, script) => writeScript(join(bin, name), `${script}\n`),
    run: (command, { endless = false } = {}) =>
      new Promise((resolve) => {
        // `exec`: a signal is to reach the command itself.
        const script = `set -eo pipefail\n${endless ? 'exec ' : ''}${command}`;
        const child = spawn('bash', ['-c', script], { cwd: folder, env });
        const output = { stdout: '', stderr: '' };
        let stopping = false;
        for (const name of ['stdout', 'stderr'] as const) {
          child[name].on('data', (chunk: Buffer) => {
            output[name] += chunk;
            if (endless && !stopping) stopping = child.kill('SIGTERM');
          });
        }
        child.on('close', (code) => resolve({ code, ...output }));
      }),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

function writeScript(file: string, text: string): void {
  writeFileSync(file, `#!/usr/bin/env bash\n${text}`);
  chmodSync(file, 0o755);
}

/** Copies the project's contract, without its documentation. */
export function copySpec(to: string): void {
  cpSync(join(packageRoot(), 'spec'), to, { recursive: true });
}
