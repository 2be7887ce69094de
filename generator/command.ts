import { join, relative } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Command, Option } from 'commander';
import type { RolecallError } from '../contract/errors.js';
import {
  allowRefOption,
  notStrictOption,
  overlayOption,
  specOption,
  strictOption,
} from '../contract/load/document-options.js';
import type { GenerateResult } from './generate.js';
import { type Job, jobOf } from './job.js';
import { countUpToDate } from './output/run-cache.js';
import { strictHint } from './strict-hint.js';

interface Options {
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  readonly out: string;
  readonly site?: string;
  readonly validators?: 'zod' | 'valibot' | 'none';
  readonly msw?: boolean;
  readonly query?: 'tanstack';
  readonly check?: boolean;
  readonly strict?: boolean;
  readonly watch?: boolean;
  readonly samples?: readonly string[] | 'all';
}

const guide = `
Everything is generated from the contract:
  client.ts             typed, documented methods in groups, with typed results
  functions.ts          the same as functions: bundles contain what they call
  types.ts              types of all schemas and operations (openapi-typescript)
  operations.ts         scopes, limits, relations and errors as a table
  routes.ts, server.ts, runtime/
                        what client and functions need at run time
  docs/                 the documentation: reference, tasks and guides
  README.md             how to use the folder in another project

With --validators zod or valibot, validators.ts has schemas of requests and
answers. With --msw, msw.ts has handlers of Mock Service Worker, which answer
with examples or from an embedded tenant. With --query tanstack, queries.ts has
options for queries and mutations of TanStack Query for React. Your project
installs these libraries.

Otherwise, the only dependency of the generated code is openapi-fetch. Files of
an earlier run that are no longer needed are removed. Files that rolecall did
not write are left alone. If neither the contract nor the output changed, the
contract is not even parsed, and the command returns in a fraction of a second.

With --site, the documentation is also a static site that opens from disk and
offline: open DIR/index.html. It has every page as Markdown too, llms.txt, and
openapi.json, the contract in one file. With --watch, a server on loopback shows
the site and reloads the open page after each save.

Examples:
  rolecall generate             spec/openapi.yaml into generated/
  rolecall generate --check     in CI: does generated/ match the contract?
  rolecall generate --watch     while you edit the contract
  rolecall generate --site site --watch
  rolecall generate --spec api.json --out src/api
  rolecall generate --validators zod --msw --query tanstack
  rolecall generate --spec api.json --overlay ours.yaml
                                with changes of your own to somebody's contract
  rolecall generate --samples all           a sample in every language

Exit codes:
  0  written, or up to date
  1  --check found files that differ; each is listed
  2  the contract is invalid (one line per problem), or the folder cannot be
     written; the folder is unchanged
`;

export function command(): Command {
  return new Command('generate')
    .description(
      'Generates types, a client, an operations table and a reference from the contract\n' +
        'into one folder that you can copy into any repository.',
    )
    .addOption(specOption())
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(strictOption())
    .addOption(notStrictOption())
    .option('--out <dir>', 'output directory', 'generated')
    .option('--site <dir>', 'also write the documentation as a static site')
    .option(
      '--samples <list>',
      'languages of the samples in the reference, or "all"\n(default: curl,client,fetch,python)',
      (list: string) => (list === 'all' ? list : list.split(',').map((language) => language.trim())),
    )
    .addOption(new Option('--validators <library>', 'also write schemas').choices(['zod', 'valibot', 'none']))
    .option('--msw', 'also write handlers of Mock Service Worker')
    .addOption(new Option('--query <library>', 'also write query options').choices(['tanstack']))
    .option('--check', 'write nothing; list each file that differs')
    .addOption(new Option('--watch', 'generate again after each save of the contract').conflicts('check'))
    .addHelpText('after', guide)
    .action(generateAction);
}

async function generateAction({ check = false, watch = false, ...paths }: Options): Promise<void> {
  const job = jobOf(paths);
  if (watch) return watchAction(job);
  const upToDate = countUpToDate(job);
  if (upToDate !== undefined) {
    if (!check) console.log(summary(job, { drift: [], files: upToDate }));
    return;
  }
  // Most code runs too briefly to be worth optimizing; compiling it would keep another core busy during the whole run.
  setFlagsFromString('--no-opt');
  const { runOnce } = await import('./generate.js');
  const result = await runOnce(job, check).catch(async (error: unknown) => {
    const hint = check ? await strictHint(job, error) : undefined;
    if (hint !== undefined) console.error(`rolecall: ${hint}`);
    throw error;
  });
  if (!check) {
    console.log(summary(job, result));
    return;
  }
  if (result.drift.length > 0) {
    const files = result.drift.length === 1 ? 'file is' : 'files are';
    console.error(`${result.drift.length} ${files} out of date; run the same command without --check`);
  }
  for (const { file, kind } of result.drift) console.log(`${kind}: ${displayPath(join(job.out, file))}`);
  if (result.drift.length > 0) process.exitCode = 1;
}

async function watchAction(job: Job): Promise<void> {
  const { watchContract } = await import('./watch.js');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  console.error(`watching ${displayPath(job.spec)} and the files it refers to; stop with Ctrl-C`);
  const server = job.site === undefined ? undefined : await (await import('./site/serve.js')).serveSite(job.site);
  if (server !== undefined) console.error(`site: ${server.url}`);
  await watchContract(
    job,
    {
      generated: (result, milliseconds) => {
        console.log(`${summary(job, result)} (${Math.round(milliseconds)} ms)`);
        if (result.drift.length > 0) server?.reload();
      },
      failed: (error: RolecallError) => console.error(error.message.replaceAll(/^/gm, 'rolecall: ')),
    },
    stop.signal,
  );
  await server?.close();
}

/** `generated: 3 files written, 90 unchanged`. */
function summary({ out, site }: Job, { drift, files }: GenerateResult): string {
  const folders = [out, ...(site === undefined ? [] : [site])].map(displayPath).join(', ');
  if (drift.length === 0) return `${folders}: ${files} files, all up to date`;
  const removed = drift.filter(({ kind }) => kind === 'surplus').length;
  const written = drift.length - removed;
  const also = removed === 0 ? '' : `, ${removed} removed`;
  const changed = `${written} ${written === 1 ? 'file' : 'files'} written`;
  return `${folders}: ${changed}, ${files - written} unchanged${also}`;
}

/** Relative to the working directory if the path is below it. */
function displayPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === '' || shown.startsWith('..') ? path : shown;
}
