import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { defaultContract } from '../contract/load/default.js';
import { packageRoot } from '../contract/load/package-root.js';
import type { SigningKey } from '../tenant/tenant.js';
import { killRuns } from './kills.js';
import { RESIDENTS } from './residents.js';
import { type Simulated, type SimulationOptions, simulate } from './simulated-run.js';

/**
 * `npm run test:real [-- NAME...]`: verify against a tenant as one reaches it over the internet, with 500 residents that
 * must stay unchanged. Prints a figure for everything that must hold; exit code 1 where something does not.
 */

const SEED = 9;
const contract = await defaultContract();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
// A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as SigningKey;

type Given = Omit<SimulationOptions, 'contract' | 'key' | 'seed'>;
const run = (given: Given): Promise<Simulated> => simulate({ contract, key, seed: SEED, ...given });
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** What was measured: each is shown, and whether it holds. */
interface Measured {
  readonly figures: string;
  /** What does not hold; empty where everything does. */
  readonly failures: readonly string[];
}

interface Trial {
  readonly name: string;
  readonly measure: () => Promise<Measured>;
}

function failuresOf({ report, differences }: Simulated): readonly string[] {
  return [
    ...(report.verdict === 'conforms' ? [] : [`verdict ${report.verdict}: ${(report.reasons ?? []).join(' ')}`]),
    ...report.findings
      .filter(({ severity }) => severity !== 'observed')
      .map(({ check, cause }) => `finding of ${check}: ${cause}`),
    ...differences,
    ...report.leftovers.map((each) => `left: ${each}`),
  ];
}

function measured(result: Simulated, figures: string, limits: Readonly<Record<string, boolean>> = {}): Measured {
  const exceeded = Object.entries(limits).flatMap(([what, holds]) => (holds ? [] : [what]));
  const { requests } = result.report.summary;
  return {
    figures: `${result.report.verdict}, ${requests} requests, ${seconds(result.elapsed)}, ${result.refused} × 429, ${figures}`,
    failures: [...failuresOf(result), ...exceeded],
  };
}

/** The verdict must be the same as without the disturbance, which is: conforms. */
const disturbed = (name: string, given: Partial<Given>): Trial => ({
  name,
  async measure() {
    const result = await run({ plan: 'enterprise', depth: 'smoke', withResidents: true, ...given });
    return measured(result, `${result.report.findings.length} findings`);
  },
});

const trials: readonly Trial[] = [
  {
    name: 'free-smoke',
    async measure() {
      const result = await run({ plan: 'free', depth: 'smoke', withResidents: true });
      const limits = { 'a 429 was provoked': result.refused === 0, 'longer than 150 s': result.elapsed <= 150_000 };
      return measured(result, 'residents equal', limits);
    },
  },
  {
    name: 'free-smoke-beside-others',
    async measure() {
      const result = await run({ plan: 'free', depth: 'smoke', withResidents: true, withOthers: true });
      const limits = { 'others got a 429 of ours': result.refusedToOthers === 0 };
      return measured(
        result,
        `others: ${result.requestsOfOthers} requests, ${result.refusedToOthers} × 429 of ours`,
        limits,
      );
    },
  },
  ...['essentials', 'professional', 'enterprise', 'enterprise-non-production'].map(
    (plan): Trial => ({
      name: `${plan}-smoke`,
      async measure() {
        const result = await run({ plan, depth: 'smoke', withResidents: true });
        return measured(result, 'residents equal', { 'a 429 was provoked': result.refused === 0 });
      },
    }),
  ),
  {
    name: 'enterprise-standard',
    async measure() {
      const result = await run({ plan: 'enterprise', depth: 'standard', withResidents: true });
      const share = result.elapsed / result.leastTime;
      return measured(result, `${share.toFixed(2)} × the least time of ${seconds(result.leastTime)}`, {
        'longer than 1.3 times the least time': share <= 1.3,
        'a 429 was provoked': result.refused === 0,
      });
    },
  },
  {
    name: 'exhaustive',
    async measure() {
      const only = ['roles.create/*', 'roles.get/*', 'organizations.members.add/*'];
      const result = await run({ plan: 'enterprise', depth: 'exhaustive', only, withResidents: true });
      return measured(result, 'residents equal');
    },
  },
  disturbed('resets', { disturbances: { resets: 0.05 } }),
  disturbed('stalls', { disturbances: { stalls: 0.05 } }),
  disturbed('resets-stalls-halves', { disturbances: { resets: 0.05, stalls: 0.05, halves: 0.02 } }),
  disturbed('storm-of-429', { disturbances: { storm: [30_000, 60_000] } }),
  disturbed('expiring-token', { disturbances: { tokensLast: 40_000 } }),
  disturbed('clock-5-minutes-ahead', { clockAhead: 300_000 }),
  disturbed('clock-5-minutes-behind', { clockAhead: -300_000 }),
  {
    name: 'ctrl-c-simulated',
    async measure() {
      const differences: string[] = [];
      const moments = [5, 40, 150, 400, 650];
      for (const stopAfter of moments) {
        const result = await run({ plan: 'enterprise', depth: 'smoke', withResidents: true, stopAfter });
        differences.push(...result.differences, ...result.report.leftovers);
      }
      return { figures: `stopped after ${moments.join(', ')} requests, residents equal`, failures: differences };
    },
  },
  kill('ctrl-c', 'SIGINT', 6),
  kill('kill-9', 'SIGKILL', 50),
];

function kill(name: string, signal: 'SIGINT' | 'SIGKILL', kills: number): Trial {
  return {
    name,
    async measure() {
      const cli = join(packageRoot(), 'dist/rolecall.js');
      const { killed, removed, failures, differences } = await killRuns({
        contract,
        key,
        seed: SEED,
        kills,
        cli,
        signal,
      });
      const few = killed < kills * 0.8 ? [`only ${killed} of ${kills} runs had begun`] : [];
      return {
        figures: `${killed} runs stopped over TLS, ${removed} resources swept, ${differences.length} differences`,
        failures: [...failures, ...differences, ...few],
      };
    },
  };
}

process.stdout.write(`${RESIDENTS} residents, seed ${SEED}\n`);
const chosen = process.argv.slice(2);
let failed = 0;
for (const { name, measure } of trials) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { figures, failures } = await measure();
  failed += failures.length === 0 ? 0 : 1;
  process.stdout.write(`${failures.length === 0 ? '✓' : '✗'} ${name}: ${figures}\n`);
  for (const failure of failures.slice(0, 20)) process.stdout.write(`    ${failure}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
