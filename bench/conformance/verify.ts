/** The suite's figures: what checking costs beside bare requests, the default run as a whole process, and a replay. */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { printSections } from '../measure/sections.js';
import { measureReplay } from './replay.js';
import { measureThroughput } from './throughput.js';
import { measureFirstRequest, measureWholeRun } from './whole-run.js';

export async function run(): Promise<void> {
  await printSections('The conformance suite: the default run, and what its checks cost', [
    { name: 'requests with and without checks', measure: measureThroughput },
    { name: 'the default run', measure: measureWholeRun },
    { name: 'the first request', measure: measureFirstRequest },
    { name: 'a replay', measure: measureReplay },
  ]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
