import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { DEPLOY_CLI, roundTrip } from './deploy-cli.js';
import { installed, NotAvailable } from './install.js';
import type { CallResult } from './outcome.js';
import { details, figuresOf, line } from './report.js';
import { run } from './run.js';
import { SDKS, type Sdk } from './sdk.js';
import { STATE } from './state.js';

/**
 * `npm run test:sdks [-- WORD... --refused]`: calls every method of the provider's SDKs that belongs to the contract's
 * groups against the embedded tenant, and counts what came of it; then exports
 * and imports a tenant with auth0-deploy-cli. Words select SDKs by their names; `--refused` lists the
 * refused calls too.
 */

const ROOT = packageRoot();
const BUILD = join(ROOT, 'build', 'tools', 'sdks');
/** As it is published. */
const CLI = join(ROOT, 'dist', 'rolecall.js');

/** What `npm run test:sdks` tries, by name. */
const TRIALS: readonly Trial[] = [
  ...SDKS.map((sdk) => ({ name: sdk.name, results: () => exercised(sdk) })),
  {
    name: DEPLOY_CLI.name,
    results: () =>
      roundTrip(
        (options) => [process.execPath, CLI, 'tenant', '--tls', ...options, '--'],
        join(BUILD, 'deploy-cli-run.js'),
      ),
  },
];

interface Trial {
  readonly name: string;
  readonly results: () => Promise<readonly CallResult[]>;
}

/** Calls an SDK against a tenant of its own. */
async function exercised(sdk: Sdk): Promise<readonly CallResult[]> {
  const folder = await installed(sdk);
  const work = await mkdtemp(join(tmpdir(), 'rolecall-sdk-'));
  try {
    const [state, results] = [join(work, 'state.json'), join(work, 'results.json')];
    await writeFile(state, JSON.stringify(STATE));
    const built = join(BUILD, 'drivers');
    const driver = sdk.driver({ folder, built, sources: join(ROOT, 'tools', 'sdks', 'drivers') });
    const tenant = [process.execPath, CLI, 'tenant', '--tls', '--quiet', '--state', state, '--'];
    const exercise = [process.execPath, join(BUILD, 'exercise.js'), sdk.name, '', results, work, ...driver];
    const { code, output } = await run([...tenant, ...exercise], work);
    if (code !== 0) throw new Error(`${sdk.name}: the run ended with ${code}: ${output}`);
    return JSON.parse(await readFile(results, 'utf8')) as CallResult[];
  } finally {
    await rm(work, { recursive: true });
  }
}

async function main(args: readonly string[]): Promise<number> {
  const words = args.filter((word) => !word.startsWith('--'));
  const selected = TRIALS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  process.stdout.write(line(['SDK', 'worked', 'refused', 'faulty', 'wrong', 'seconds']));
  let [tried, isWrong] = [0, false];
  for (const { name, results: resultsOf } of selected) {
    const begin = performance.now();
    try {
      const results = await resultsOf();
      const { worked, refused, faulty, wrong } = figuresOf(results);
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      process.stdout.write(line([name, worked, refused, faulty, wrong, seconds]));
      process.stderr.write(details({ sdk: name, results }, args.includes('--refused')));
      tried += 1;
      isWrong ||= wrong > 0 || worked === 0;
    } catch (error) {
      if (!(error instanceof NotAvailable)) throw error;
      process.stdout.write(`${name.padEnd(32)}skipped: ${error.message}\n`);
    }
  }
  if (tried === 0) return 2;
  return isWrong ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
