import { printable } from '../../contract/printable.js';
import { nameOf, type Plan } from '../engine/plan.js';
import { fixtureRequests } from '../engine/plan-estimate.js';
import { counted } from './last-line.js';

/** The plan as text: every check with the requests, scopes and fixtures it needs. */
export function formatPlan(plan: Plan): string {
  const { checks, depth } = plan;
  const names = checks.map((check) => printable(nameOf(check)));
  const width = Math.max(5, ...names.map((name) => name.length));
  const lines = checks.map(({ requests, scopes, fixtures }, index) => {
    const needs =
      scopes.length === 0 ? 'no token' : scopes.map((alternative) => printable(alternative.join(' '))).join(' | ');
    const made = fixtures.length === 0 ? '' : `  (${printable(fixtures.join(', '))})`;
    return `${(names[index] ?? '').padEnd(width)}  ${String(requests).padStart(8)}  ${needs}${made}`;
  });
  const operations = new Set(checks.map(({ operation }) => operation.id)).size;
  const requests = checks.reduce((sum, check) => sum + check.requests, 0);
  const prepared = fixtureRequests(plan);
  const total = `${depth}: ${counted(operations, 'operation')} · ${counted(checks.length, 'check')} · about ${counted(requests + prepared, 'request')}, ${prepared.toLocaleString('en-US')} of them for fixtures and tokens`;
  return `${[`${'check'.padEnd(width)}  requests  scopes (fixtures)`, ...lines, '', total].join('\n')}\n`;
}

/** The plan as JSON. */
export function planDocument({ checks, depth }: Plan): object {
  return {
    depth,
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
