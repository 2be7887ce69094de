import { escapeHtml as text } from '../../../web/escape-html.js';
import { type AcceptedFinding, acceptanceIn, newOperations } from '../baseline.js';
import { groupBy } from '../group-by.js';
import { counted } from '../last-line.js';
import { legendOf, MARKS, matrixOf } from '../matrix.js';
import type { CountedText, Report, ReportedFinding, ReportedRequest, ReportedResponse } from '../report.js';
import { type DiffPart, wordDiff } from './word-diff.js';

/** The findings, worst first, and then what was only observed. */
export function findingsSection({ findings, baseline }: Report): string {
  if (findings.length === 0) return section('findings', 'Findings', '<p>None.</p>');
  const acceptance = acceptanceIn(baseline);
  const observed = findings.filter(({ severity }) => severity === 'observed').length;
  const accepted = findings.filter(
    (finding) => finding.severity !== 'observed' && acceptance(finding) !== undefined,
  ).length;
  const title = [
    `Findings: ${findings.length - observed - accepted}`,
    ...(accepted === 0 ? [] : [`accepted: ${accepted}`]),
    ...(observed === 0 ? [] : [`observations: ${observed}`]),
  ].join(', ');
  const articles = findings.map((finding) =>
    findingArticle(finding, { accepted: acceptance(finding), fresh: newOperations(finding, baseline) }),
  );
  return section('findings', title, articles.join(''));
}

/** What the baseline says of a finding. */
interface Known {
  readonly accepted: AcceptedFinding | undefined;
  /** The operations at which it is new. */
  readonly fresh: readonly string[];
}

function findingArticle(finding: ReportedFinding, { accepted, fresh }: Known): string {
  const { severity, cause, code, fingerprint, check, operations, grade, source, expected, actual } = finding;
  const [wanted, got] = wordDiff(expected, actual);
  const shown = accepted === undefined || severity === 'observed' ? severity : 'accepted';
  return `<article id="finding-${text(fingerprint)}" class="${shown}" aria-label="${text(cause)}">
<div class="head"><h3>${text(cause)}</h3><span class="badge ${shown}">${MARKS[shown]} ${shown}</span>
<span class="badge dim" title="How certain the fact is">${grade}</span></div>
<div class="dim">${codes(operations)} · check <code>${text(check)}</code> · code <code>${text(code)}</code> · <code>${text(fingerprint)}</code></div>
${knownLine({ accepted, fresh })}<div class="sides"><div><strong>expected</strong>${marked(wanted, 'ins')}</div><div><strong>actual</strong>${marked(got, 'del')}</div></div>
<div class="dim">Source: ${text(source)}</div>
<details><summary>Request and answer</summary><pre tabindex="0"><code>${requestText(finding.request)}</code></pre><pre tabindex="0"><code>${responseText(finding.response)}</code></pre></details>
${command('Run the check again', finding.replay)}${command('Reproduce with curl', finding.curl)}
</article>`;
}

function knownLine({ accepted, fresh }: Known): string {
  if (accepted !== undefined)
    return `<div class="dim">Accepted by the baseline until ${text(accepted.until)}: ${text(accepted.reason)}</div>\n`;
  return fresh.length === 0 ? '' : `<div>New: the baseline does not know it at ${codes(fresh)}</div>\n`;
}

function codes(operations: readonly string[]): string {
  return operations.map((operation) => `<code>${text(operation)}</code>`).join(', ');
}

function marked(parts: readonly DiffPart[], tag: 'ins' | 'del'): string {
  return parts.map((part) => (part.same ? text(part.text) : `<${tag}>${text(part.text)}</${tag}>`)).join('');
}

function command(title: string, commands: string): string {
  return `<div class="dim">${title}</div><div class="command"><button type="button" hidden aria-label="Copy: ${title}">Copy</button><pre tabindex="0"><code>${text(commands)}</code></pre></div>`;
}

function requestText({ method, url, headers, body = '' }: ReportedRequest): string {
  return text(`${method} ${url}\n${headerLines(headers)}\n${body}`.trimEnd());
}

function responseText({ status, headers, body }: ReportedResponse): string {
  return text(`${status === 0 ? 'no answer' : status}\n${headerLines(headers)}\n${body}`.trimEnd());
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/** Operations by families. Each cell opens its checks. */
export function matrixSection(report: Report): string {
  const { families: used, rows } = matrixOf(report);
  const body = rows.map(({ operation, cells }) => {
    const columns = used.map((family) => {
      const outcome = cells[family];
      if (outcome === undefined) return '<td></td>';
      const label = `${operation}, ${family}: ${outcome}`;
      return `<td class="cell"><button type="button" class="${outcome}" data-family="${family}" aria-label="${text(label)}">${MARKS[outcome]}</button></td>`;
    });
    return `<tr data-operation="${text(operation)}"><th scope="row"><code>${text(operation)}</code></th>${columns.join('')}</tr>`;
  });
  const options = legendOf(report).map(([outcome, mark]) => `<option value="${outcome}">${mark} ${outcome}</option>`);
  const head = used.map((family) => `<th scope="col">${family}</th>`).join('');
  return section(
    'operations',
    'Operations',
    `<div class="tools" data-script hidden><label>Operation<input id="search" type="search" autocomplete="off"></label>
<label>With an outcome<select id="outcome"><option value="">any</option>${options.join('')}</select></label><span id="count" class="dim">${rows.length} operations</span></div>
<p class="dim">${legend(report)} <span data-script hidden>A cell opens its checks.</span></p>
<div class="scroll" tabindex="0" role="region" aria-label="Operations by families"><table id="matrix"><thead><tr><th scope="col">operation</th>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>
<dialog aria-labelledby="cell-title"><div class="head"><h2 id="cell-title"></h2><button type="button">Close</button></div>
<div class="scroll"><table><thead><tr><th scope="col">check</th><th scope="col">outcome</th><th scope="col">runs</th><th scope="col">requests</th><th scope="col">reason</th></tr></thead><tbody></tbody></table></div></dialog>`,
  );
}

function legend(report: Report): string {
  return legendOf(report)
    .map(([outcome, mark]) => `<span class="${outcome}"><span class="mark">${mark}</span>${outcome}</span>`)
    .join(' ');
}

/** The answers that came, and the documented ones that did not. */
export function coverageSection({ coverage, unchecked, facts }: Report): string {
  const byOperation = groupBy(coverage, ({ operation }) => operation);
  const missing = groupBy(unchecked, ({ operation }) => operation);
  const operations = [...new Set([...byOperation.keys(), ...missing.keys()])];
  const rows = operations.map((operation) => {
    const seen = (byOperation.get(operation) ?? []).map(
      ({ status, errorCode, hits }) =>
        `<code>${status}${errorCode === undefined ? '' : ` ${text(errorCode)}`}</code>&nbsp;×${hits}`,
    );
    const not = (missing.get(operation) ?? []).map(({ what }) => `<code>${text(what)}</code>`);
    return `<tr><th scope="row"><code>${text(operation)}</code></th><td>${seen.join(', ')}</td><td class="dim">${not.join(', ')}</td></tr>`;
  });
  const reasons = [...groupBy(unchecked, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return section(
    'coverage',
    `Coverage: ${facts - unchecked.length} of ${facts} documented answers, scope alternatives and limits`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Answers by operation"><table><thead><tr><th scope="col">operation</th><th scope="col">answers, how often</th><th scope="col">not checked</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>
${list(
  'Not checked, and why',
  reasons.map(
    ([reason, ones]) =>
      `${text(reason)} <span class="dim">${ones.map(({ operation, what }) => `<code>${text(`${operation} ${what}`)}</code>`).join(', ')}</span>`,
  ),
)}`,
  );
}

/** What was skipped or observed, by reason. */
export function notesSection({ checks, leftovers, changed = [], reasons, traffic, verdict }: Report): string {
  const withReason = (outcome: string) =>
    [
      ...groupBy(
        checks.filter((check) => check.outcome === outcome),
        ({ reason = 'no reason' }) => reason,
      ),
    ].map(
      ([reason, ones]) =>
        `${text(reason)} <span class="dim">${ones.map(({ operation, id }) => `<code>${text(`${operation}/${id}`)}</code>`).join(', ')}</span>`,
    );
  const parts = [
    list(
      verdict === 'inconclusive' ? 'Why the verdict is inconclusive' : 'Why the run is incomplete',
      reasons.map(text),
      true,
    ),
    list('Left behind at the target, please remove', leftovers.map(text), true),
    list('Changed at the target, please look after it', changed.map(text), true),
    list('Observed, where the contract is not certain', withReason('observed')),
    list('Skipped', withReason('skipped')),
    list('Outside the contract, not judged', countedItems(traffic?.outside)),
    list('Passed without being judged', countedItems(traffic?.unread)),
  ];
  return section('notes', 'Notes', parts.join('') || '<p>None.</p>');
}

function countedItems(entries: readonly CountedText[] = []): readonly string[] {
  return entries.map(({ what, count }) => `${count} × <code>${text(what)}</code>`);
}

/** Checks by the time at which they ran: how busy the run was, and where findings came. Empty without times. */
export function timelineSection({ checks, summary }: Report): string {
  const timed = checks.filter(({ startMs }) => startMs !== undefined);
  if (timed.length === 0 || summary.durationMs === 0) return '';
  const BUCKETS = 100;
  const buckets = Array.from({ length: BUCKETS }, () => ({ requests: 0, findings: 0 }));
  for (const { startMs = 0, durationMs = 0, requests, findings = [] } of timed) {
    const at = (ms: number) => Math.min(BUCKETS - 1, Math.floor((ms / summary.durationMs) * BUCKETS));
    const [first, last] = [at(startMs), at(startMs + durationMs)];
    for (let index = first; index <= last; index += 1) {
      const bucket = buckets[index];
      if (bucket) bucket.requests += requests / (last - first + 1);
    }
    const bucket = buckets[last];
    if (bucket) bucket.findings += findings.length;
  }
  const most = Math.max(1, ...buckets.map(({ requests }) => requests));
  const bars = buckets.flatMap(({ requests, findings }, index) => {
    const height = (requests / most) * 90;
    const bar = `<rect x="${index * 10}" y="${(100 - height).toFixed(1)}" width="9" height="${height.toFixed(1)}" fill="var(--${findings > 0 ? 'failed' : 'observed'})"/>`;
    return findings > 0 ? [bar, `<circle cx="${index * 10 + 4.5}" cy="5" r="4" fill="var(--failed)"/>`] : [bar];
  });
  const seconds = (summary.durationMs / 1000).toFixed(1);
  const label = `${counted(summary.requests, 'request')} in ${seconds} s; a dot marks where checks with findings ended.`;
  return section(
    'timeline',
    'Timeline',
    `<figure style="margin:0"><svg class="bars" viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label="${label}">${bars.join('')}</svg><figcaption class="dim">0 to ${seconds} s: ${label}</figcaption></figure>`,
  );
}

/** Compares with an earlier report in the browser. */
export function comparisonSection(): string {
  return `<div data-script hidden>${section(
    'comparison',
    'Compare with an earlier report',
    '<div class="tools"><label>report.json<input id="earlier" type="file" accept=".json,application/json"></label></div><div id="compared"></div>',
  )}</div>`;
}

function list(title: string, items: readonly string[], open = false): string {
  if (items.length === 0) return '';
  const lines = items.map((item) => `<li>${item}</li>`).join('');
  return `<details${open ? ' open' : ''}><summary>${title}: ${items.length}</summary><ul>${lines}</ul></details>`;
}

export function section(id: string, title: string, body: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
}
