import { escapeHtml as text } from '../../../web/escape-html.js';
import { groupBy } from '../group-by.js';
import type { Report, ScopeAttempt } from '../report.js';
import { section } from './sections.js';

/** What a scope alone did for an operation. */
type Cell = 'allowed' | 'together' | 'disputed' | 'refused' | 'wrong';

const CELLS: Readonly<Record<Cell, { readonly mark: string; readonly kind: string; readonly meaning: string }>> = {
  allowed: { mark: '●', kind: 'passed', meaning: 'alone is enough' },
  together: { mark: '◐', kind: 'passed', meaning: 'is enough together with others' },
  disputed: { mark: '~', kind: 'observed', meaning: 'sources disagree' },
  refused: { mark: '·', kind: 'skipped', meaning: 'is not enough' },
  wrong: { mark: '✗', kind: 'failed', meaning: 'differs from the contract' },
};

/** Which scopes gave access to which operation. Empty where no scopes were tried. */
export function scopeSection({ scopes = [] }: Report): string {
  if (scopes.length === 0) return '';
  const byOperation = groupBy(scopes, ({ operation }) => operation);
  const names = [
    ...new Set(scopes.filter(({ access }) => access !== 'refused').flatMap((attempt) => attempt.scopes)),
  ].sort();
  const rows = [...byOperation].map(([operation, attempts]) => {
    const cells = names.map((scope) => {
      const cell = cellOf(scope, attempts);
      if (cell === undefined) return '<td></td>';
      const { mark, kind, meaning } = CELLS[cell];
      return `<td class="${kind}" title="${text(`${scope}: ${meaning}`)}"><span aria-hidden="true">${mark}</span><span class="sr">${meaning}</span></td>`;
    });
    return `<tr><th scope="row"><code>${text(operation)}</code></th>${cells.join('')}</tr>`;
  });
  const head = names.map((name) => `<th scope="col"><span>${text(name)}</span></th>`).join('');
  const legend = Object.values(CELLS).map(
    ({ mark, kind, meaning }) => `<li><span class="${kind}">${mark}</span> ${meaning}</li>`,
  );
  return section(
    'scopes',
    'Scopes',
    `<ul class="legend dim">${legend.join('')}</ul><div class="scroll heat" tabindex="0" role="region" aria-label="Operations by scopes"><table><thead><tr><th scope="col">operation</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}

/** A refused set refuses each of its scopes alone; an allowed set says so of one scope only where it is the only one. */
function cellOf(scope: string, attempts: readonly ScopeAttempt[]): Cell | undefined {
  const within = attempts.filter(({ scopes }) => scopes.includes(scope));
  const alone = within.filter(({ scopes }) => scopes.length === 1);
  const isWrong = ({ access, allowed }: ScopeAttempt) => access !== 'disputed' && allowed !== (access === 'granted');
  if (alone.some(isWrong)) return 'wrong';
  if (alone.some(({ allowed, access }) => allowed && access === 'granted')) return 'allowed';
  if (alone.some(({ access }) => access === 'disputed')) return 'disputed';
  if (within.some(({ allowed, access }) => allowed && access === 'granted')) return 'together';
  return within.some(({ allowed }) => !allowed) ? 'refused' : undefined;
}
