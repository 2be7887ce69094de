import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleReport } from '../test-support/sample-report.js';
import { formatJunit } from './junit.js';
import { prepareFile, prepareFolder } from './prepare-output.js';
import { readReport } from './read-report.js';
import { formatSummary } from './summary-markdown.js';
import { appendJobSummary, writeReports } from './write-reports.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('writes four files into a folder that it creates, and replaces those of another run', async () => {
  const target = join(folder, 'a', 'b');
  await prepareFolder(target, '--report');
  await writeFile(join(target, 'summary.md'), 'old');
  await writeReports(sampleReport, target);
  expect((await readdir(target)).sort()).toEqual(['junit.xml', 'report.html', 'report.json', 'summary.md']);
  expect(await readFile(join(target, 'report.json'), 'utf8')).toBe(`${JSON.stringify(sampleReport, null, 2)}\n`);
  expect(await readFile(join(target, 'junit.xml'), 'utf8')).toBe(formatJunit(sampleReport));
  expect(await readFile(join(target, 'summary.md'), 'utf8')).toBe(formatSummary(sampleReport));
  expect(await readReport(join(target, 'report.json'))).toEqual(sampleReport);
});

it('says why a file is not written, and leaves no half of one', async () => {
  await mkdir(join(folder, 'junit.xml'));
  await expect(writeReports(sampleReport, folder)).rejects.toMatchObject({
    code: 'REPORT_NOT_WRITTEN',
    message: expect.stringMatching(
      /^cannot write ".*junit\.xml": .+; the verdict above is complete, the reports are not\.$/,
    ),
    cause: expect.any(Error),
  });
  expect((await readdir(folder)).sort()).toEqual(['junit.xml', 'report.json']);
});

it('refuses a folder that is a file before the run', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(prepareFolder(file, '--report')).rejects.toMatchObject({
    code: 'BAD_OPTION',
    message: expect.stringMatching(
      /^cannot write to --report ".*file": .+; expected a writable folder; choose another --report\.$/,
    ),
    cause: expect.any(Error),
  });
});

it('refuses a file that is a folder before the run, and creates the folder of one that is not there', async () => {
  await expect(prepareFile(folder, '--har')).rejects.toMatchObject({
    code: 'BAD_OPTION',
    message: `cannot write to --har "${folder}": it is a folder; expected a writable file; choose another --har.`,
  });
  await prepareFile(join(folder, 'new', 'run.har'), '--har');
  expect(await readdir(folder)).toEqual(['new']);
});

it('adds the summary to what the job has already', async () => {
  const file = join(folder, 'job.md');
  await writeFile(file, 'before\n');
  await appendJobSummary(sampleReport, file);
  expect(await readFile(file, 'utf8')).toBe(`before\n${formatSummary(sampleReport)}`);
});

it.each<{ given: string; text?: string; reason: RegExp }>([
  { given: 'a file that is missing', reason: /there is no such file/ },
  { given: 'text that is not JSON', text: 'x', reason: /it is not valid JSON: Unexpected token/ },
  { given: 'JSON that is nested too deep', text: '['.repeat(2000), reason: /nested too deep/ },
])('refuses $given as a report, with its name', async ({ text, reason }) => {
  const file = join(folder, 'report.json');
  if (text !== undefined) await writeFile(file, text);
  await expect(readReport(file)).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringMatching(reason) });
  await expect(readReport(file)).rejects.toThrow(`cannot read "${file}": `);
  await expect(readReport(file)).rejects.toThrow('; expected a report.json of rolecall verify.');
});
