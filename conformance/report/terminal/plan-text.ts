import { printable } from '../../../contract/text/printable.js';
import type { Purpose } from '../../engine/event.js';
import { nameOf, type Plan } from '../../engine/plan/plan.js';
import { fixtureRequests } from '../../engine/plan/plan-estimate.js';
import type { Rehearsal } from '../../engine/plan/rehearse.js';
import { counted } from '../last-line.js';

/** The plan as text: every check with the requests, scopes and fixtures it needs. */
export function formatPlan(plan: Plan): string {
  const { checks, depth } = plan;
  const names = checks.map((check) => printable(nameOf(check)));
  const width = Math.max(5, ...names.map((name) => name.length));
  const lines = checks.map(({ requests, scopes, fixtures }, index) => {
    const needs = scopes.length === 0 ? 'no token' : scopesText(scopes) || 'any token';
    const made = fixtures.length === 0 ? '' : `  (${printable(fixtures.join(', '))})`;
    return `${(names[index] ?? '').padEnd(width)}  ${String(requests).padStart(8)}  ${needs}${made}`;
  });
  const operations = new Set(checks.map(({ operation }) => operation.id)).size;
  const requests = checks.reduce((sum, check) => sum + check.requests, 0);
  const prepared = fixtureRequests(plan);
  const total = `${depth}: ${counted(operations, 'operation')} · ${counted(checks.length, 'check')} · about ${counted(requests + prepared, 'request')}, ${prepared.toLocaleString('en-US')} of them for fixtures and tokens`;
  return `${[`${'check'.padEnd(width)}  requests  scopes (fixtures)`, ...lines, '', total].join('\n')}\n`;
}

/** The alternatives of scopes; empty where one of them has none, such as a key. */
function scopesText(scopes: readonly (readonly string[])[]): string {
  const needed = [...new Set(scopes.map((alternative) => printable(alternative.join(' '))))];
  return needed.includes('') ? '' : needed.join(' | ');
}

const PURPOSES: Readonly<Record<Purpose, string>> = {
  token: 'Tokens, and whether this is the API',
  check: 'Checks',
  fixture: 'Fixtures',
  cleanup: 'Cleanup',
};

/** Every request of a plan, grouped by purpose, with counts and the scopes it needs. */
export function formatRehearsal({ requests, notes }: Rehearsal): string {
  const groups = Object.entries(PURPOSES).flatMap(([purpose, title]) => {
    const lines = requests
      .filter((each) => each.purpose === purpose)
      .map(({ method, route, count, scopes }) => {
        const needs = scopesText(scopes);
        return `  ${String(count).padStart(5)} × ${method.padEnd(7)} ${printable(route)}${needs === '' ? '' : `  ${needs}`}`;
      });
    const total = requests.reduce((sum, each) => sum + (each.purpose === purpose ? each.count : 0), 0);
    return lines.length === 0 ? [] : [`${title}: ${counted(total, 'request')}`, ...lines, ''];
  });
  const total = requests.reduce((sum, { count }) => sum + count, 0);
  const end = `${counted(total, 'request')} to a target that keeps the contract; findings take more`;
  return `${[...groups, ...notes.map(printable), end].join('\n')}\n`;
}

/** The plan as JSON, with every request. */
export function planDocument({ checks, depth }: Plan, { requests: sent, notes }: Rehearsal): object {
  return {
    depth,
    sent,
    ...(notes.length === 0 ? {} : { notes }),
    requests: checks.reduce((sum, check) => sum + check.requests, 0),
    checks: checks.map(({ check, operation, requests, scopes, fixtures }) => ({
      id: check.id,
      family: check.family,
      title: check.title,
      operation: operation.id,
      requests,
      scopes,
      fixtures,
    })),
  };
}
