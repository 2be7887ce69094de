import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { defaultContract } from '../contract/load/default.js';
import { packageRoot } from '../contract/load/package-root.js';
import type { SigningKey } from '../tenant/tenant.js';
import { killTrials } from './kill-trials.js';
import { formatHead, formatTrial, type Trial } from './measured.js';
import { proxyTrial } from './proxy-trial.js';
import { RESIDENTS } from './residents.js';
import { simulatedTrials } from './simulated-trials.js';

/**
 * `npm run test:real [-- TEXT...]`: verify against a tenant as one reaches it over the internet, with residents that must
 * stay unchanged. Prints each figure beside what must hold for it; exit code 1 where something does not. With texts, only
 * trials whose names contain one.
 */

const SEED = 9;
const contract = await defaultContract();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
// A JWK of node:crypto is a JSON object of the members that RFC 7518 names.
const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256' } as SigningKey;
const cli = join(packageRoot(), 'dist/rolecall.js');
const given = { contract, key, seed: SEED };

const trials: readonly Trial[] = [
  // First: nothing else must run beside what measures time.
  proxyTrial({ cli, seed: SEED }),
  ...simulatedTrials(given),
  ...killTrials({ ...given, cli }),
];

const startedAt = Date.now();
const texts = process.argv.slice(2);
const chosen = trials.filter(({ name }) => texts.length === 0 || texts.some((text) => name.includes(text)));
process.stdout.write(`${RESIDENTS} residents, seed ${SEED}\n\n${formatHead()}`);
const failed: string[] = [];
for (const { name, measure } of chosen) {
  const measured = await measure();
  if (measured.some(({ holds }) => !holds)) failed.push(name);
  process.stdout.write(formatTrial(name, measured));
}
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
const end = failed.length === 0 ? 'everything holds' : `does not hold: ${failed.join('; ')}`;
process.stdout.write(`\n${chosen.length} trials in ${minutes} minutes: ${end}\n`);
process.exitCode = failed.length === 0 && chosen.length > 0 ? 0 : 1;
