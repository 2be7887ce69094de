import type { Tenant } from '../../tenant/tenant.js';
import type { ExpectedRequest } from './expected-request.js';

/** The state that a tenant has after the request, sent once and without any program. Resets the tenant before. */
export async function stateAfter(tenant: Tenant, token: string, expected: ExpectedRequest): Promise<string> {
  const { method, segments, query, body, isAuthorized } = expected;
  const path = segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  const search = new URLSearchParams();
  for (const pair of query) search.append(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  tenant.reset();
  await tenant.fetch(`${tenant.url}${path}?${search}`, {
    method,
    headers: {
      ...(isAuthorized ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return stateOf(tenant);
}

/**
 * The whole state as text. Ids and secrets are the same after each reset; times are left out. Properties are sorted, since
 * dictionaries of some languages have no order.
 */
export async function stateOf({ control, fetch }: Tenant): Promise<string> {
  if (control?.token === undefined) throw new Error('the tenant has no control API with a token');
  const answer = await fetch(`${control.url}/state`, { headers: { authorization: `Bearer ${control.token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the state of the tenant cannot be read: ${answer.status} ${text}`);
  const sorted = JSON.stringify(JSON.parse(text), (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
  return sorted.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME');
}

/** What differs between two states, from the first difference on; empty if nothing does. */
export function effectFlaw(expected: string, received: string): string {
  if (expected === received) return '';
  const from = [...expected].findIndex((character, index) => character !== received[index]);
  const excerpt = (text: string) => text.slice(Math.max(0, from - 60), from + 100);
  return `effect: expected the state …${excerpt(expected)}…, received …${excerpt(received)}…`;
}
