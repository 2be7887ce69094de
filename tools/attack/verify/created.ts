import type { Tenant } from '../../../tenant/tenant.js';

/** A resource of a tenant, and the texts that name it to a person. */
export interface Created {
  readonly id: string;
  readonly names: readonly string[];
}

const NAMING = ['name', 'email', 'identifier', 'client_id', 'display_name'];

/** Everything that a run of verify may create. */
export async function createdIn(tenant: Tenant): Promise<readonly Created[]> {
  const authorization = `Bearer ${await tenant.token()}`;
  const created: Created[] = [];
  for (const kind of ['users', 'roles', 'organizations', 'clients', 'resource-servers', 'client-grants']) {
    const answer = await tenant.fetch(`${tenant.url}/api/v2/${kind}?per_page=100`, { headers: { authorization } });
    const items = answer.ok ? ((await answer.json()) as readonly Readonly<Record<string, unknown>>[]) : [];
    for (const item of items) {
      const id = String(item.user_id ?? (kind === 'clients' ? item.client_id : item.id));
      const names = NAMING.map((name) => item[name]).filter((name) => typeof name === 'string');
      created.push({ id, names: [id, ...names] });
    }
  }
  return created;
}

/** What is there now, was not there before, and is named in no output. */
export async function unnamed(tenant: Tenant, before: readonly Created[], output: string): Promise<readonly string[]> {
  const known = new Set(before.map(({ id }) => id));
  return (await createdIn(tenant))
    .filter(({ id, names }) => !known.has(id) && !names.some((name) => output.includes(name)))
    .map(({ id, names }) => `expected that ${id} (${names.slice(1).join()}), which is left, is named`);
}
