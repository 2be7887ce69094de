import { join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { RolecallError } from '../contract/errors.js';
import { defaultSpec } from '../contract/load/default.js';
import { GeneratorError } from './errors.js';
import { countUpToDate, type Job } from './output/memory.js';
import type { Outcome } from './run.js';

interface Options {
  readonly spec?: string;
  readonly out: string;
  readonly check?: boolean;
  readonly watch?: boolean;
}

const guide = `
What it writes, all of it from the contract alone:
  client.ts          the client: methods by group, documented, with typed results
  types.ts           types of every schema and operation (openapi-typescript)
  operations.ts      scopes, limits, relations and refusals, to read at run time
  routes.ts runtime/ what the client runs on
  docs/              the reference, a page an operation
  README.md          how to take the folder elsewhere: it needs openapi-fetch, and nothing else

Files of an earlier run that nothing asks for any more are removed; files that it did not
write are left alone. Where neither contract nor output changed, it does not even look
at the contract: it is done in a fraction of a second.

Examples:
  rolecall generate                        spec/openapi.yaml into generated/
  rolecall generate --check                in CI: is generated/ what the contract says?
  rolecall generate --watch                while writing the contract
  rolecall generate --spec api.json --out src/api

Exit codes:
  0  written, or up to date
  1  --check found files that differ; each is named
  2  the contract cannot be read (one line a problem), or the folder cannot be written;
     nothing in it was touched
`;

export function command(): Command {
  return new Command('generate')
    .description(
      'Writes types, a client, an operations table and a reference from the contract,\n' +
        'into one folder that can be copied into any repository.',
    )
    .option(
      '--spec <file>',
      'the contract: OpenAPI 3.0 or 3.1, YAML or JSON (default: spec/openapi.yaml, else the packaged one)',
    )
    .option('--out <dir>', 'where to', 'generated')
    .option('--check', 'write nothing; name each file that differs')
    .addOption(
      new Option('--watch', 'go on: generate again after each save of the contract, until Ctrl-C').conflicts('check'),
    )
    .addHelpText('after', guide)
    .action(generateAction);
}

async function generateAction({ spec, out, check = false, watch = false }: Options): Promise<void> {
  if (out === '') {
    const message = '--out "": expected a folder, received an empty name; leave it out for "generated"';
    throw new GeneratorError('OUTPUT_UNWRITABLE', message);
  }
  const job: Job = { spec: resolve(spec ?? defaultSpec()), out: resolve(out) };
  if (watch) return watchAction(job);
  const upToDate = countUpToDate(job);
  if (upToDate !== undefined) {
    if (!check) console.log(`${show(job.out)}: ${upToDate} files, all up to date`);
    return;
  }
  const { runOnce } = await import('./run.js');
  const outcome = await runOnce(job, check);
  if (!check) {
    console.log(summary(job, outcome));
    return;
  }
  for (const { file, kind } of outcome.drift) console.log(`${kind}: ${show(join(job.out, file))}`);
  if (outcome.drift.length > 0) process.exitCode = 1;
}

async function watchAction(job: Job): Promise<void> {
  const { watchContract } = await import('./watch.js');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  console.error(`watching ${show(job.spec)} and what it refers to; Ctrl-C ends it`);
  await watchContract(
    job,
    {
      generated: (outcome, milliseconds) => console.log(`${summary(job, outcome)} (${Math.round(milliseconds)} ms)`),
      failed: (error: RolecallError) => console.error(error.message.replaceAll(/^/gm, 'rolecall: ')),
    },
    stop.signal,
  );
}

/** `generated: 3 files written, 90 unchanged`. */
function summary({ out }: Job, { drift, files }: Outcome): string {
  if (drift.length === 0) return `${show(out)}: ${files} files, all up to date`;
  const removed = drift.filter(({ kind }) => kind === 'surplus').length;
  const written = drift.length - removed;
  const also = removed === 0 ? '' : `, ${removed} removed`;
  return `${show(out)}: ${written} ${written === 1 ? 'file' : 'files'} written, ${files - written} unchanged${also}`;
}

/** Relative to the working directory where it lies below. */
function show(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === '' || shown.startsWith('..') ? path : shown;
}
