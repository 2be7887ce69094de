import type { Contract, Operation } from '../../contract/contract.js';
import type { PlainRequest, Tenant, TenantOptions } from '../../tenant/tenant.js';
import { createTenant } from '../../tenant/tenant.js';

/** What is asked of the tenant over and over: the listing of a user's roles, three of them. */
export interface Subject {
  readonly tenant: Tenant;
  readonly path: string;
  /** The same of each user, the first one of which is that of `path`. */
  readonly paths: readonly string[];
}

const ROLES = 3;

export async function makeSubject(contract: Contract, options: TenantOptions = {}, users = 1): Promise<Subject> {
  const tenant = await createTenant(contract, { seed: 1, ...options });
  const send = sender(tenant, await authorized(tenant));
  const roles: unknown[] = [];
  for (let index = 0; index < ROLES; index++) {
    const { id } = await send(operation(contract, 'create', 'role'), {}, { name: `Guide ${index}` });
    roles.push(id);
  }
  const paths: string[] = [];
  for (let index = 0; index < users; index++) {
    const user = await send(operation(contract, 'create', 'user'), {}, userAt(index));
    const of = { user: String(user.user_id) };
    await send(operation(contract, 'add', 'user-roles', 'user'), of, { roles });
    paths.push(routeOf(operation(contract, 'list', 'user-roles', 'user'), of));
  }
  return { tenant, path: paths[0] ?? '', paths };
}

/** The header of a token with every scope. It names the tenant's address, so it holds until the tenant gets another. */
export async function authorized(tenant: Tenant): Promise<{ readonly authorization: string }> {
  return { authorization: `Bearer ${await tenant.token()}` };
}

/** A user as the create operation takes it. */
export function userAt(index: number): object {
  return {
    connection: 'Username-Password-Authentication',
    email: `traveller.${index}@travel0.example`,
    password: `Passw0rd-${index}`,
    name: `Traveller ${index}`,
  };
}

/** The operation with this effect on a resource, or on a relation seen from these sides. */
export function operation(contract: Contract, kind: string, target: string, ...sides: readonly string[]): Operation {
  const found = contract.operations.find(
    ({ effect }) =>
      effect?.kind === kind &&
      effect.target === target &&
      effect.by === undefined &&
      (effect.on === 'resource' || Object.keys(effect.of).sort().join() === [...sides].sort().join()),
  );
  if (found === undefined) throw new Error(`The contract has no operation that can ${kind} ${target}.`);
  return found;
}

/** The operation's route with the keys of its sides in place. */
export function routeOf({ route, effect }: Operation, of: Readonly<Record<string, string>>): string {
  const parameters = new Map(Object.entries(effect?.of ?? {}).map(([side, name]) => [name, of[side] ?? '']));
  return route.replace(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(parameters.get(name) ?? ''));
}

export type Send = (
  operation: Operation,
  of: Readonly<Record<string, string>>,
  body?: unknown,
  query?: string,
) => Promise<Readonly<Record<string, unknown>>>;

/** Sends by plain values; whatever is not a success is an error. */
export function sender(tenant: Tenant, headers: Readonly<Record<string, string>>): Send {
  return async (target, of, body, query = '') => {
    const request: PlainRequest = {
      method: target.method,
      path: routeOf(target, of),
      query,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? '' : JSON.stringify(body),
    };
    const response = await tenant.handle(request);
    if (response.status >= 300) throw new Error(`${target.id} answered ${response.status}: ${response.body}`);
    return response.body === '' ? {} : JSON.parse(response.body);
  };
}
