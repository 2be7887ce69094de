import { access, appendFile, constants, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../errors.js';
import { formatJunit } from './junit.js';
import type { Report } from './report.js';
import { formatSummary } from './summary-markdown.js';

/** Makes sure that reports can be written, before there is anything to write. @throws RunError where they cannot */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunError('BAD_OPTION', `"--report ${folder}" cannot be written: ${reason}; expected a folder.`, {
      cause: error,
    });
  }
}

/** Writes `report.json`, `junit.xml` and `summary.md` into a folder, which is made where it is missing. */
export async function writeReports(report: Report, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`),
    writeFile(join(folder, 'junit.xml'), formatJunit(report)),
    writeFile(join(folder, 'summary.md'), formatSummary(report)),
  ]);
}

/** Adds the summary to the job's page in GitHub Actions. @param file - what GITHUB_STEP_SUMMARY names */
export function appendJobSummary(report: Report, file: string): Promise<void> {
  return appendFile(file, formatSummary(report));
}
