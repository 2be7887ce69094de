import { createTenant, defaultContract, type Tenant } from '../../../tenant/tenant.js';
import { hostileRequest } from '../../../tenant/test-support/hostile.js';
import type { Attack, AttackContext, AttackResult } from '../attack.js';
import { AnswerJudge } from './answer-judge.js';

/** So often the tenant forgets what the requests created, so that a run of any length takes the same time a request. */
const RESET_AFTER = 5_000;
/** Reported failures; more of the same kind add nothing. */
const MAX_FAILURES = 20;

export const requestsInProcess: Attack = {
  name: 'requests',
  expects: 'no 5xx, and an answer as documented',
  size: 1_000_000,
  async run({ size, random }: AttackContext): Promise<AttackResult> {
    const contract = await defaultContract();
    const tenant = await createTenant(contract, { seed: 1 });
    const authorizations = await authorizationsFor(tenant, contract.scopes);
    const judge = new AnswerJudge(contract);
    const failures: string[] = [];
    let seen: string[] = [];
    for (let sent = 0; sent < size && failures.length < MAX_FAILURES; sent += 1) {
      if (sent % RESET_AFTER === 0) {
        tenant.reset();
        seen = [];
      }
      const request = hostileRequest({ contract, random, authorizations, seen });
      const { status, headers, body } = await tenant.handle(request);
      const { method, path } = request;
      const fault = judge.fault({ method, path, status, headers, text: method === 'HEAD' ? '' : body });
      if (fault !== undefined) failures.push(`${method} ${path.slice(0, 200)}: ${fault}`);
      if (status < 300) seen.push(...idsIn(body, 300 - seen.length));
    }
    return { tried: size, failures };
  },
};

/** Ids and names in an answer, for later requests. */
export function idsIn(body: string, most: number): readonly string[] {
  if (body.length > 5_000 || most <= 0) return [];
  return [...body.matchAll(/"(?:user_|client_)?(?:id|identifier|value|name)":"([^"]{1,80})"/g)]
    .map(([, id = '']) => id)
    .slice(0, most);
}

/** Mostly the full-access token, and some that are refused. */
export async function authorizationsFor(tenant: Tenant, scopes: readonly string[]): Promise<readonly string[]> {
  const token = await tenant.token();
  const [head = '', payload = ''] = token.split('.');
  return [
    ...Array.from({ length: 20 }, () => `Bearer ${token}`),
    `bearer ${await tenant.token({ scopes: scopes.slice(0, 5) })}`,
    `Bearer ${token}x`,
    `Bearer ${head}.${payload}.`,
    'Bearer ..',
    'Bearer',
    'Basic YTpi',
    'Bearer a.b.c',
    'Bearer e30.e30.e30',
    'Bearer bnVsbA.bnVsbA.bnVsbA',
    `Bearer ${'x'.repeat(7_000)}`,
  ];
}
