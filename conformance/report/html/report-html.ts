import { createHash } from 'node:crypto';
import { escapeJson } from '../../../contract/json/json-document.js';
import { escapeHtml as text } from '../../../web/escape-html.js';
import { lastLine } from '../last-line.js';
import { shownOutcomes } from '../matrix.js';
import type { Report } from '../report.js';
import { scopeSection } from './scope-matrix.js';
import { type PageData, SCRIPT } from './script.js';
import {
  comparisonSection,
  coverageSection,
  findingsSection,
  matrixSection,
  notesSection,
  timelineSection,
} from './sections.js';
import { STYLES } from './styles.js';

const VERDICTS: Readonly<Record<Report['verdict'], string>> = {
  conforms: '✓ Conforms to the contract',
  violates: '✗ Violates the contract',
  inconclusive: '! Inconclusive',
};

/**
 * `report.html`: the report as one page that needs no network. Its policy allows its own script alone, so markup in a
 * text from outside could not run anything, even if it were not escaped.
 */
export function formatHtml(report: Report): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const sections = [
    findingsSection(report),
    matrixSection(report),
    scopeSection(report),
    coverageSection(report),
    timelineSection(report),
    notesSection(report),
    comparisonSection(),
  ].filter((each) => each !== '');
  const links = sections.map((each) => {
    const [, id = '', title = ''] = /<h2 id="([^"]+)">([^<:]*)/.exec(each) ?? [];
    return `<li><a href="#${id}">${title}</a></li>`;
  });
  const { tool, target, verdict } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${text(`${verdict}: ${target}`)}</title>
<style>${STYLES}</style>
</head>
<body>
<header><h1 class="${verdict}">${VERDICTS[verdict]}</h1>
<p>${text(lastLine(report).slice(`${verdict}: `.length))}</p>
<p class="dim">${text(tool.name)} ${text(tool.version)}</p>
<nav aria-label="Sections"><ul>${links.join('')}</ul></nav></header>
<main>
${sections.join('\n')}
</main>
<footer class="dim"><p id="status" role="status" aria-live="polite"></p></footer>
<script type="application/json" id="data">${json(dataOf(report))}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function dataOf(report: Report): PageData {
  const { checks, findings } = report;
  const shown = shownOutcomes(report);
  return {
    checks: checks.map((check) => {
      const { operation, family, id, runs, requests, reason = '', findings: own = [] } = check;
      return [operation, family, id, shown(check), runs, requests, reason, own];
    }),
    findings: Object.fromEntries(findings.map(({ fingerprint, cause }) => [fingerprint, cause])),
  };
}

/** JSON inside of a script element, which ends at `</script` and begins comments at `<!--`. */
function json(value: unknown): string {
  return escapeJson(JSON.stringify(value)).replaceAll('<', '\\u003c');
}
