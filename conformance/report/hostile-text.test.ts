import { execFileSync } from 'node:child_process';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { jsonDocument } from '../../contract/json/json-document.js';
import { githubLog } from '../../contract/text/github-log.js';
import { formatAnnotations } from './files/annotations.js';
import { formatJunit } from './files/junit.js';
import { formatSummary } from './files/summary-markdown.js';
import { formatHtml } from './html/report-html.js';
import { mapOutsideText } from './outside-text.js';
import type { Report } from './report.js';
import { quoted } from './shell.js';
import { formatText } from './terminal/text.js';
import { sampleReport } from './test-support/sample-report.js';
import { CONTROLS, cells, commandsIn, elementsOf, withoutCode } from './test-support/sinks.js';

/** Text that every sink would obey, if it were not escaped. */
const HOSTILE = [
  '\n::error::owned',
  '\r\n::stop-commands::x',
  ' ##[error]owned ',
  '\u001b[2J\u001b]0;title\u0007\u009b31m\u202eabc\u2066',
  ' ![pixel](https://evil.example/p.png) [link](https://evil.example) https://evil.example <img src=x> | a | ',
  '```\n# heading\n``` `` ` ',
  ']]> <script>&amp;</script> "quoted" \u0000\ud800',
].join('');

/** The sample with hostile text in every place that may come from outside. */
const report: Report = mapOutsideText(sampleReport, {
  line: (text) => text + HOSTILE,
  lines: (text) => text + HOSTILE,
  name: (text) => text + HOSTILE,
});

describe('hostile text in a report', () => {
  it('is in every place that the list of outside texts has', () => {
    const places = JSON.stringify(report).split('::stop-commands').length - 1;
    expect(places).toBeGreaterThan(20);
    expect(report.verdict).toBe(sampleReport.verdict);
    expect(report.checks.map(({ outcome, family }) => outcome + family)).toEqual(
      sampleReport.checks.map(({ outcome, family }) => outcome + family),
    );
  });

  it('reorders nothing in the page, nor in the data of its script', () => {
    expect(formatHtml(report)).not.toMatch(CONTROLS);
  });

  it('moves no cursor and starts no workflow command on the terminal', () => {
    const text = githubLog(formatText(report, { colors: pc.createColors(false) }));
    expect(text).not.toMatch(CONTROLS);
    expect(commandsIn(text)).toEqual([]);
    expect(text).toContain('\\u{1b}');
  });

  it('is one annotation a finding, and nothing else', () => {
    const lines = formatAnnotations(report).split('\n');
    expect(lines).toHaveLength(formatAnnotations(sampleReport).split('\n').length);
    expect(lines.filter((line) => line !== '' && !/^::(error|warning) title=[^:]*::/.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toContain('##[');
    expect(lines.join('\n')).not.toMatch(CONTROLS);
  });

  it('is code in Markdown: no link, image, heading or table cell of its own', () => {
    const text = formatSummary(report);
    expect(text).not.toMatch(CONTROLS);
    const outsideCode = withoutCode(text);
    expect(outsideCode).not.toMatch(/evil|<img|<script|!\[|owned|# heading/);
    const rows = (markdown: string) =>
      withoutCode(markdown)
        .split('\n')
        .filter((line) => line.startsWith('|'));
    expect(rows(text).map(cells)).toEqual(rows(formatSummary(sampleReport)).map(cells));
  });

  it('is well-formed XML', () => {
    const text = formatJunit(report);
    expect(text).not.toMatch(CONTROLS);
    expect(elementsOf(text)).toEqual(elementsOf(formatJunit(sampleReport)));
  });

  it('is a JSON document that reads back, without a workflow command', () => {
    const text = jsonDocument(report);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
    expect(text).not.toMatch(CONTROLS);
    expect(commandsIn(text)).toEqual([]);
  });

  it('comes back from a shell as it is, without control characters in the command', () => {
    const text = HOSTILE.replace(/\0|\ud800/g, '').replaceAll('\r\n', '\n');
    const word = quoted(text);
    expect(word.replaceAll('\n', '')).not.toMatch(CONTROLS);
    expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(text);
  });
});
