import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import type { ContractProblem } from '../../contract/errors.js';
import { loadContract } from '../../contract/load/load.js';
import { rememberingParse } from '../../contract/load/parse.js';
import { planClient } from '../client/plan.js';
import type { Job } from '../job.js';
import { hash } from '../output/run-cache.js';
import { rememberingCompare } from '../output/seen-files.js';
import { CodeMemory } from './client/code-memory.js';
import { emitRuntime } from './client/runtime.js';
import { emitCode } from './emit-code.js';
import type { EmitThread } from './emit-thread.js';
import type { GeneratedFile } from './generated-file.js';
import { operationFacts } from './operation-facts.js';
import { PageMemory } from './pages/page-memory.js';
import { emitPages, jobsOf, sharedPages, take, takeEach } from './pages/shared-pages.js';
import { emitReadme } from './reference/readme.js';
import { visible } from './text/visible.js';
import { checkSyntax } from './types/syntax.js';

/** What a run writes into its folders, sorted by path. */
export interface EmittedFiles {
  readonly files: readonly GeneratedFile[];
  /** Empty unless the job has a folder for the site. */
  readonly site: readonly GeneratedFile[];
}

/** What a run keeps for the next one, while a contract is being watched. */
export class RunMemory {
  readonly parseReferred = rememberingParse();
  readonly pages = new PageMemory();
  readonly code = new CodeMemory();
  readonly compare = rememberingCompare();
}

/** If so many of the pages are kept, this thread emits the rest alone. */
const MOST = 0.75;

/** What to emit. */
type EmitJob = Pick<Job, 'spec' | 'allowRef' | 'strict'> &
  Partial<Pick<Job, 'overlay' | 'out' | 'site' | 'samples' | 'extras'>>;

/** The options of `emitFiles`. */
export interface EmitOptions {
  /** Called with the warnings of the contract. */
  readonly warn?: (warnings: readonly ContractProblem[]) => void;
  /** What the last run kept. Absent: nothing is kept. */
  readonly memory?: RunMemory;
}

/**
 * All files generated from a contract. The other thread emits the types while this one emits the rest of the code, and
 * both emit pages as long as some are left.
 *
 * @param sources is filled with the path of each file of the contract and the hash of the text that was read; the hash
 * is empty for a file that could not be read.
 * @throws ContractError if the contract is invalid, GeneratorError if openapi-typescript fails or code would
 * not be valid.
 */
export async function emitFiles(
  { spec, overlay = [], allowRef, strict, out, site, samples, extras = {} }: EmitJob,
  thread: EmitThread,
  sources: Map<string, string>,
  { warn = () => {}, memory }: EmitOptions = {},
): Promise<EmittedFiles> {
  const { contract, warnings } = await loadContract(spec, {
    allowRef,
    overlay,
    ...(strict === undefined ? {} : { strict }),
    ...(memory && { parseReferred: memory.parseReferred }),
    onRead: (document) => thread.begin(document),
    read: async (path) => {
      sources.set(path, '');
      // The asynchronous function reads a large file in pieces, which takes longer.
      const text = readFileSync(path, 'utf8');
      sources.set(path, hash(text));
      return text;
    },
  });
  warn(warnings);
  const folder = out && basename(out);
  const plan = planClient(contract, folder);
  // The site shows one language at a time, so it has all of them unless the user chooses.
  const languages = site === undefined || samples !== undefined ? [samples] : [samples, 'all' as const];
  const jobs = jobsOf(contract, plan, languages);
  const shared = sharedPages(languages, jobs.length);
  const facts = memory && operationFacts(contract, plan, languages);
  const same = facts ? memory.pages.recall(jobs, facts).filter(([index]) => take(shared, index)) : [];
  const rest = takeEach(shared, jobs.keys());
  // The other thread would plan all operations to emit a few pages.
  const mine = same.length > jobs.length * MOST ? [...rest] : rest;
  const besides = thread.emit(contract.document, { folder, pages: shared });
  // Here and below, prevents an unhandled rejection if something throws before the promise is awaited.
  besides.catch(() => {});
  const code: GeneratedFile[] = [];
  const checks: Promise<void>[] = [];
  for await (const file of emitCode(contract, plan, extras, facts && memory.code.for(facts))) {
    code.push(file);
    const check = checkSyntax(file);
    check.catch(() => {});
    checks.push(check);
  }
  const others = [emitReadme(contract, plan, extras), ...emitRuntime()];
  const own = [...emitPages(jobs, mine)];
  await Promise.all(checks);
  const { types, pages: theirs } = await besides;
  const numbered = [...same, ...own, ...theirs].sort(([a], [b]) => a - b);
  if (facts) memory.pages.keep(numbered, facts);
  const pages = numbered.map(([, page]) => page);
  const reference = pages.slice(0, jobs.length / languages.length);
  const html = site === undefined ? [] : await sitePages(contract, pages.slice(-reference.length));
  return { files: inOrder([...code, ...others, types, ...reference]), site: inOrder(html) };
}

async function sitePages(contract: Contract, documents: readonly GeneratedFile[]): Promise<readonly GeneratedFile[]> {
  // Loaded on demand: most runs write no site.
  const { emitSite } = await import('../site/emit-site.js');
  return emitSite(contract, documents);
}

function inOrder(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  return files.map(visible).sort((a, b) => (a.path < b.path ? -1 : 1));
}
