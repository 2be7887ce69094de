/**
 * The tenant's figures beside a bare server's, a mock's and those of a smaller tenant: `npm run bench`. With `--million`,
 * also those with a million users: `node build/bench/tenant/serve.js --million`.
 */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { printSections } from '../measure/sections.js';
import { measureHttp } from './http.js';
import { measureInProcess } from './in-process.js';
import { measureLifecycle } from './lifecycle.js';
import { measureScale } from './scale.js';

const USERS = 100_000;
const MILLION = 1_000_000;

export async function run(isLarge = argv.includes('--million')): Promise<void> {
  await printSections('The tenant: an authorised GET of the roles of a user, and scale', [
    { name: 'requests over HTTP', measure: measureHttp },
    { name: 'calls in process', measure: measureInProcess },
    { name: 'scale', measure: () => measureScale(USERS, false) },
    ...(isLarge ? [{ name: 'scale of a state file', measure: () => measureScale(MILLION, true) }] : []),
    { name: 'start, reset and load', measure: () => measureLifecycle(isLarge) },
  ]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
