import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import type { ContractProblem } from '../../contract/errors.js';
import { loadContract } from '../../contract/load/load.js';
import { type ClientPlan, planClient } from '../client/plan.js';
import type { Job } from '../job.js';
import { hash } from '../output/run-cache.js';
import { emitRuntime } from './client/runtime.js';
import type { CodeThread } from './code-thread.js';
import type { GeneratedFile } from './generated-file.js';
import { emitReadme } from './reference/readme.js';
import { emitReference, type ReferenceOptions } from './reference/reference.js';
import { visible } from './text/visible.js';

/** What a run writes into its folders, sorted by path. */
export interface EmittedFiles {
  readonly files: readonly GeneratedFile[];
  /** Empty unless the job has a folder for the site. */
  readonly site: readonly GeneratedFile[];
}

/**
 * All files generated from a contract. The code is emitted in its thread while everything else is emitted in this one.
 *
 * @param sources is filled with the path of each file of the contract and the hash of the text that was read; the hash
 * is empty for a file that could not be read.
 * @param warn is told what was read in spite of a problem
 * @throws ContractError if the contract is invalid, GeneratorError if openapi-typescript fails or code would
 * not be valid.
 */
export async function emitFiles(
  {
    spec,
    overlay = [],
    allowRef,
    strict,
    out,
    site,
    samples,
    extras = {},
  }: Pick<Job, 'spec' | 'allowRef' | 'strict'> & Partial<Pick<Job, 'overlay' | 'out' | 'site' | 'samples' | 'extras'>>,
  thread: CodeThread,
  sources: Map<string, string>,
  warn: (warnings: readonly ContractProblem[]) => void = () => {},
): Promise<EmittedFiles> {
  const { contract, warnings } = await loadContract(spec, {
    allowRef,
    overlay,
    ...(strict === undefined ? {} : { strict }),
    read: async (path) => {
      sources.set(path, '');
      const text = await readFile(path, 'utf8');
      sources.set(path, hash(text));
      return text;
    },
  });
  warn(warnings);
  const folder = out && basename(out);
  const code = thread.emitCode(contract.document, folder, extras);
  // Prevents an unhandled rejection if the code below throws before the promise is awaited.
  code.catch(() => {});
  const plan = planClient(contract, folder);
  const reference = emitReference(contract, { plan, samples });
  const texts = [emitReadme(contract, plan), ...reference, ...(await emitRuntime())];
  const pages = site === undefined ? [] : await sitePages(contract, { plan, samples }, reference);
  const files = [...(await code), ...texts];
  return { files: inOrder(files), site: inOrder(pages) };
}

/** The site shows one language at a time, so it has all of them unless the user chooses. */
async function sitePages(
  contract: Contract,
  { plan, samples }: ReferenceOptions & { readonly plan: ClientPlan },
  reference: readonly GeneratedFile[],
): Promise<readonly GeneratedFile[]> {
  // Loaded on demand: most runs write no site.
  const { emitSite } = await import('../site/emit-site.js');
  const documents = samples === undefined ? emitReference(contract, { plan, samples: 'all' }) : reference;
  return emitSite(contract, documents);
}

function inOrder(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  return files.map(visible).sort((a, b) => (a.path < b.path ? -1 : 1));
}
