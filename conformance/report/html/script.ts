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

/**
 * Brings the page to life: filters, the checks behind a cell, copying, and a comparison with an earlier report. Runs in
 * the browser as its own text, so it uses nothing outside of itself. Without it, the page shows all but the checks.
 */
export function enhance(): void {
  const find = <T extends Element>(selector: string): T | null => document.querySelector<T>(selector);
  const all = <T extends Element>(selector: string): readonly T[] => [...document.querySelectorAll<T>(selector)];
  const data = JSON.parse(find('#data')?.textContent ?? '{"checks":[],"findings":{}}') as PageData;
  const status = find('#status');
  const say = (text: string): void => {
    if (status) status.textContent = text;
  };
  const element = (name: string, text: string, parent: Node, kind = ''): HTMLElement => {
    const made = document.createElement(name);
    // No text from outside reorders the page.
    made.textContent = text.replace(/[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
    if (kind !== '') made.className = kind;
    parent.appendChild(made);
    return made;
  };

  for (const button of all<HTMLButtonElement>('.command button')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const text = button.parentElement?.querySelector('code')?.textContent ?? '';
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Browsers offer no clipboard to pages that are opened from disk.
        const area = document.createElement('textarea');
        area.value = text;
        document.body.appendChild(area);
        area.select();
        document.execCommand('copy');
        area.remove();
      }
      say('Copied.');
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    });
  }

  const rows = all<HTMLTableRowElement>('#matrix tbody tr');
  const search = find<HTMLInputElement>('#search');
  const outcome = find<HTMLSelectElement>('#outcome');
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
    say(`${shown} of ${rows.length} operations`);
    const count = find('#count');
    if (count) count.textContent = `${shown} of ${rows.length} operations`;
  };
  search?.addEventListener('input', filter);
  outcome?.addEventListener('change', filter);
  for (const part of all<HTMLElement>('[data-script]')) part.hidden = false;

  const dialog = find<HTMLDialogElement>('dialog');
  const open = (operation: string, family: string): void => {
    if (!dialog) return;
    const title = dialog.querySelector('h2');
    const body = dialog.querySelector('tbody');
    if (!title || !body) return;
    title.textContent = `${operation}: ${family}`;
    body.replaceChildren();
    for (const [name, kind, id, result, runs, requests, reason, fingerprints] of data.checks) {
      if (name !== operation || kind !== family) continue;
      const row = element('tr', '', body);
      element('th', id, row).setAttribute('scope', 'row');
      element('td', result, row, result);
      element('td', `${runs}`, row);
      element('td', `${requests}`, row);
      const cell = element('td', reason, row);
      for (const fingerprint of fingerprints) {
        if (data.findings[fingerprint] === undefined) continue;
        const link = element('a', data.findings[fingerprint] ?? '', element('div', '', cell)) as HTMLAnchorElement;
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
  dialog?.querySelector('button')?.addEventListener('click', () => dialog.close());

  const earlier = find<HTMLInputElement>('#earlier');
  earlier?.addEventListener('change', async () => {
    const file = earlier.files?.[0];
    const result = find('#compared');
    if (!file || !result) return;
    result.replaceChildren();
    try {
      const report = JSON.parse(await file.text()) as {
        findings: { fingerprint: string; cause: string }[];
        checks: { operation: string; id: string; outcome: string }[];
      };
      const before = new Map(report.findings.map(({ fingerprint, cause }) => [fingerprint, cause]));
      const outcomes = new Map(report.checks.map(({ operation, id, outcome: was }) => [`${operation}/${id}`, was]));
      const list = (heading: string, lines: readonly string[]): void => {
        element('h3', `${heading}: ${lines.length}`, result);
        const items = element('ul', '', result);
        for (const line of lines.slice(0, 200)) element('li', line, items);
      };
      const now = Object.entries(data.findings);
      list(
        'New findings',
        now.flatMap(([fingerprint, cause]) => (before.has(fingerprint) ? [] : [cause])),
      );
      list(
        'Findings that are gone',
        [...before].flatMap(([fingerprint, cause]) => (data.findings[fingerprint] === undefined ? [cause] : [])),
      );
      const changed = data.checks.flatMap(([operation, , id, is]) => {
        const was = outcomes.get(`${operation}/${id}`);
        return was === undefined || was === is ? [] : [`${operation}/${id}: ${was}, now ${is}`];
      });
      list('Checks with another outcome', changed);
      say('Compared.');
    } catch {
      element('p', `"${file.name}" is not a report.json of rolecall verify.`, result, 'failed');
    }
  });
}
