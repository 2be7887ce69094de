import pc from 'picocolors';
import type { Contract } from '../contract/contract.js';
import { fileErrorReason } from '../contract/file-error.js';
import { jsonDocument } from '../contract/json/json-document.js';
import type { SpecOptions } from '../contract/load/default.js';
import { type ProcessIo, sinkFor } from './process-io.js';
import { formatAnnotations } from './report/files/annotations.js';
import { type OperationPlaces, operationPlaces } from './report/files/operation-places.js';
import { formatSarif } from './report/files/sarif.js';
import { appendJobSummary, writeFileOf, writeReports } from './report/files/write-reports.js';
import type { Report } from './report/report.js';
import { formatText } from './report/terminal/text.js';
import { exitCodeOf } from './report/verdict.js';

/**
 * Prints the verdict, then writes files: a full disk must not withhold the verdict.
 * @returns the exit code of the verdict
 */
export async function present(
  report: Report,
  options: {
    readonly json: boolean;
    readonly verbose: boolean;
    readonly report?: string;
    readonly sarif?: string;
    readonly spec?: string;
    /** What the options of the document select: for the places of operations. */
    readonly contract: () => Contract | Promise<Contract>;
    readonly overlay?: readonly string[];
    readonly allowRef?: readonly string[];
    readonly har?: (() => Promise<void>) | string;
  },
  process: ProcessIo,
): Promise<number> {
  const { env, stdout, stderr } = process;
  const hasPlaces = options.sarif !== undefined || env.GITHUB_ACTIONS === 'true';
  const places: OperationPlaces = hasPlaces ? await placesIn(report, options) : new Map();
  if (env.GITHUB_ACTIONS === 'true') (options.json ? stderr : stdout).write(formatAnnotations(report, places));
  // Only a terminal gets colours: a log cannot show them.
  const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
  const columns = stdout.columns === undefined ? {} : { columns: stdout.columns };
  const text = () => formatText(report, { colors, verbose: options.verbose, ...columns });
  sinkFor(process, stdout)(options.json ? jsonDocument(report) : text());
  if (env.GITHUB_ACTIONS === 'true' && env.GITHUB_STEP_SUMMARY !== undefined)
    await writeJobSummary(report, env.GITHUB_STEP_SUMMARY, stderr);
  if (options.report !== undefined) await writeReports(report, options.report);
  if (options.sarif !== undefined)
    await writeFileOf(options.sarif, '--sarif', formatSarif(report, options.spec ?? 'spec/openapi.yaml', places));
  if (typeof options.har === 'function') await options.har();
  return exitCodeOf(report.verdict);
}

function placesIn(
  { findings }: Report,
  { contract, ...options }: SpecOptions & { readonly contract: () => Contract | Promise<Contract> },
): Promise<OperationPlaces> {
  return operationPlaces(contract, options, new Set(findings.flatMap(({ operations }) => operations.slice(0, 1))));
}

/** A missing summary is no reason to withhold the verdict. */
async function writeJobSummary(report: Report, file: string, stderr: ProcessIo['stderr']): Promise<void> {
  try {
    await appendJobSummary(report, file);
  } catch (error) {
    stderr.write(`Cannot write the job summary to "${file}" (GITHUB_STEP_SUMMARY): ${fileErrorReason(error)}.\n`);
  }
}
