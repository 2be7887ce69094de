import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatJunit } from './junit.js';
import type { Report } from './report.js';
import { formatSummary } from './summary-markdown.js';

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
