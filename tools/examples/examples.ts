import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { type Ran, run } from '../sdks/run.js';

/** A folder of `examples/`, with the commands of its README. */
export interface Example {
  readonly name: string;
  /** A shell script. */
  readonly commands: string;
}

/** The last line that every example prints. */
export const EXPECTED = 'Ada is a guide, and a pilot in crew.';

/** Commands that exit with 0 where an example can run. */
const TOOLCHAINS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  node: [],
  python: [['python3', '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 9))']],
  java: [
    ['javac', '--version'],
    ['mvn', '--version'],
  ],
  go: [['go', 'version']],
  curl: [['curl', '--version']],
};

export function examples(): readonly Example[] {
  const folder = join(packageRoot(), 'examples');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name in TOOLCHAINS)
    .map(({ name }) => {
      const [, commands = ''] =
        /^```sh\n([\s\S]*?)^```$/m.exec(readFileSync(join(folder, name, 'README.md'), 'utf8')) ?? [];
      return { name, commands };
    });
}

/** The program that is missing here, if any. */
export async function missingToolchain({ name }: Example): Promise<string | undefined> {
  for (const command of TOOLCHAINS[name] ?? []) {
    if ((await run(command, packageRoot())).code !== 0) return command[0];
  }
  return undefined;
}

/** Runs an example as its README says. @param cli - the built `rolecall.js` */
export function runExample({ commands }: Example, cli: string): Promise<Ran> {
  const script = commands.replaceAll('npx rolecall tenant', '"$ROLECALL_NODE" "$ROLECALL_CLI" tenant --quiet');
  const environment = { ...process.env, ROLECALL_NODE: process.execPath, ROLECALL_CLI: cli };
  return run(['sh', '-e', '-c', script], packageRoot(), environment);
}
