import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorReason } from '../../../contract/file-error.js';
import { RunError } from '../../errors.js';
import { formatHtml } from '../html/report-html.js';
import type { Report } from '../report.js';
import { formatJunit } from './junit.js';
import { formatSummary } from './summary-markdown.js';

/** The files of a report folder. */
const FILES: Readonly<Record<string, (report: Report) => string>> = {
  'report.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  'junit.xml': formatJunit,
  'summary.md': formatSummary,
  'report.html': formatHtml,
};

/**
 * Writes `report.json`, `junit.xml`, `summary.md` and `report.html` into a folder, which it creates. Each file is written
 * whole or not at all. @throws RunError where a file cannot be written
 */
export async function writeReports(report: Report, folder: string): Promise<void> {
  for (const [name, format] of Object.entries(FILES)) {
    const file = join(folder, name);
    try {
      await mkdir(folder, { recursive: true });
      await replaceFile(file, format(report));
    } catch (error) {
      throw new RunError(
        'REPORT_NOT_WRITTEN',
        `cannot write "${file}": ${fileErrorReason(error)}; the verdict above is complete, the reports are not.`,
        { cause: error },
      );
    }
  }
}

/** Writes a file whole or not at all. @throws Error of the file system */
export async function replaceFile(file: string, text: string): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Writes one file of an option. @throws RunError where it cannot be written */
export async function writeFileOf(file: string, option: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new RunError('REPORT_NOT_WRITTEN', `cannot write ${option} "${file}": ${fileErrorReason(error)}.`, {
      cause: error,
    });
  }
}

/** Adds the summary to the job's page in GitHub Actions. @param file - the path in GITHUB_STEP_SUMMARY */
export function appendJobSummary(report: Report, file: string): Promise<void> {
  return appendFile(file, formatSummary(report));
}
