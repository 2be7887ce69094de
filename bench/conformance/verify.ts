/** The suite's figures: what checking costs beside bare requests, and the default run as a whole process. */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { printSections } from '../measure/sections.js';
import { measureThroughput } from './throughput.js';
import { measureFirstRequest, measureWholeRun } from './whole-run.js';

export async function run(): Promise<void> {
  await printSections('The conformance suite: the default run, and what its checks cost', [
    { name: 'requests with and without checks', measure: measureThroughput },
    { name: 'the default run', measure: measureWholeRun },
    { name: 'the first request', measure: measureFirstRequest },
  ]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
