import { copyOnClick } from '../../../web/copy-on-click.js';

/** A check as the page carries it. */
export type PageCheck = readonly [
  operation: string,
  family: string,
  id: string,
  outcome: string,
  runs: number,
  requests: number,
  reason: string,
  fingerprints: readonly string[],
];

/** What the page's script reads: everything else is in the page itself. */
export interface PageData {
  readonly checks: readonly PageCheck[];
  /** Fingerprints of the findings shown, with their causes. */
  readonly findings: Readonly<Record<string, string>>;
}

/** What the parts of the script share. */
interface PageTools {
  readonly find: <T extends Element>(selector: string) => T | null;
  readonly all: <T extends Element>(selector: string) => readonly T[];
  /** Says something to screen readers. */
  readonly say: (text: string) => void;
  readonly element: (name: string, text: string, parent: Node, kind?: string) => HTMLElement;
}

function pageTools(): PageTools {
  const status = document.querySelector('#status');
  return {
    find: (selector) => document.querySelector(selector),
    all: (selector) => [...document.querySelectorAll(selector)] as never[], // of the caller's type, as querySelector has it
    say: (text) => {
      if (status) status.textContent = text;
    },
    element: (name, text, parent, kind = '') => {
      const made = document.createElement(name);
      made.textContent = text;
      if (kind !== '') made.className = kind;
      parent.appendChild(made);
      return made;
    },
  };
}

function showControls({ all }: PageTools): void {
  for (const part of all<HTMLElement>('[data-script], .command button')) part.hidden = false;
}

function filterOperations({ find, all, say }: PageTools): void {
  const rows = all<HTMLTableRowElement>('#matrix tbody tr');
  const search = find<HTMLInputElement>('#search');
  const outcome = find<HTMLSelectElement>('#outcome');
  const count = find('#count');
  const filter = (): void => {
    const words = (search?.value ?? '').toLowerCase().split(/\s+/);
    const wanted = outcome?.value ?? '';
    let shown = 0;
    for (const row of rows) {
      const name = (row.dataset.operation ?? '').toLowerCase();
      const fits =
        words.every((word) => name.includes(word)) && (wanted === '' || row.querySelector(`.${wanted}`) !== null);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    const text = `${shown} of ${rows.length} operations`;
    say(text);
    if (count) count.textContent = text;
  };
  search?.addEventListener('input', filter);
  outcome?.addEventListener('change', filter);
}

function openChecks({ find, element }: PageTools, { checks, findings }: PageData): void {
  const dialog = find<HTMLDialogElement>('dialog');
  const title = dialog?.querySelector('h2');
  const body = dialog?.querySelector('tbody');
  if (!dialog || !title || !body) return;
  const open = (operation: string, family: string): void => {
    title.textContent = `${operation}: ${family}`;
    body.replaceChildren();
    for (const [name, kind, id, result, runs, requests, reason, fingerprints] of checks) {
      if (name !== operation || kind !== family) continue;
      const row = element('tr', '', body);
      element('th', id, row).setAttribute('scope', 'row');
      element('td', result, row, result);
      element('td', `${runs}`, row);
      element('td', `${requests}`, row);
      const cell = element('td', reason, row);
      for (const fingerprint of fingerprints) {
        if (findings[fingerprint] === undefined) continue;
        const link = element('a', findings[fingerprint] ?? '', element('div', '', cell)) as HTMLAnchorElement;
        link.href = `#finding-${fingerprint}`;
        link.addEventListener('click', () => dialog.close());
      }
    }
    dialog.showModal();
  };
  find('#matrix')?.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    const operation = button?.closest('tr')?.dataset.operation;
    if (button && operation !== undefined) open(operation, button.dataset.family ?? '');
  });
  dialog.querySelector('button')?.addEventListener('click', () => dialog.close());
}

function compareReports({ find, element, say }: PageTools, { checks, findings }: PageData): void {
  const earlier = find<HTMLInputElement>('#earlier');
  const result = find('#compared');
  if (!earlier || !result) return;
  const list = (heading: string, lines: readonly string[]): void => {
    element('h3', `${heading}: ${lines.length}`, result);
    const items = element('ul', '', result);
    for (const line of lines.slice(0, 200)) element('li', line, items);
  };
  earlier.addEventListener('change', async () => {
    const file = earlier.files?.[0];
    if (!file) return;
    result.replaceChildren();
    try {
      const report = JSON.parse(await file.text()) as {
        findings: { fingerprint: string; cause: string }[];
        checks: { operation: string; id: string; outcome: string }[];
      };
      const before = new Map(report.findings.map(({ fingerprint, cause }) => [fingerprint, cause]));
      const outcomes = new Map(report.checks.map(({ operation, id, outcome: was }) => [`${operation}/${id}`, was]));
      const fresh = Object.entries(findings).flatMap(([fingerprint, cause]) =>
        before.has(fingerprint) ? [] : [cause],
      );
      const gone = [...before].flatMap(([fingerprint, cause]) => (findings[fingerprint] === undefined ? [cause] : []));
      const changed = checks.flatMap(([operation, , id, is]) => {
        const was = outcomes.get(`${operation}/${id}`);
        // A report says what failed, whatever its baseline accepts.
        const isSame = was === is || (is === 'accepted' && (was === 'failed' || was === 'warned'));
        return was === undefined || isSame ? [] : [`${operation}/${id}: ${was}, now ${is}`];
      });
      list('New findings', fresh);
      list('Findings that are gone', gone);
      list('Checks with another outcome', changed);
      say('Compared.');
    } catch {
      element('p', `"${file.name}" is not a report.json of rolecall verify.`, result, 'failed');
    }
  });
}

/**
 * The text of the page's script: filters, the checks behind a cell, copying, and a comparison with an earlier report.
 * Each part runs in the browser as its own text, so it uses nothing but its arguments. Without the script, the page
 * shows all but the single checks.
 */
export const SCRIPT = `{
const page = (${pageTools})();
const data = JSON.parse(page.find('#data').textContent);
(${copyOnClick})(page.all('.command button'), page.say);
${[showControls, filterOperations, openChecks, compareReports].map((part) => `(${part})(page, data);`).join('\n')}
}`;
