import { isDeepStrictEqual } from 'node:util';
import type { TargetResponse } from '../conformance/target/exchange.js';
import type { HttpRequest } from '../conformance/target/target.js';

/** Sends a request to the tenant, past everything that stands in front of it. */
export type Direct = (request: HttpRequest) => Promise<TargetResponse>;

const USERS = 300;
const ROLES = 60;
const ORGANIZATIONS = 50;
const APIS = 30;
const CLIENTS = 40;
const CONNECTIONS = 20;

/** How many residents live in the tenant. */
export const RESIDENTS = USERS + ROLES + ORGANIZATIONS + APIS + CLIENTS + CONNECTIONS;

/** People and things that were in the tenant before, and that must stay unchanged. */
export class Residents {
  readonly #send: Direct;
  readonly #token: string;
  #before: ReadonlyMap<string, unknown> = new Map();

  constructor(send: Direct, token: string) {
    this.#send = send;
    this.#token = token;
  }

  /** Creates them, in relations with each other, and remembers every field. */
  async moveIn(): Promise<void> {
    const users = await this.#create(
      USERS,
      '/users',
      (n) => ({
        connection: 'Username-Password-Authentication',
        email: `resident${n}@travel0.example`,
        password: `Resident-${n}-aA1!`,
        user_metadata: { note: `do not touch ${n}` },
      }),
      'user_id',
    );
    const apis = await this.#create(
      APIS,
      '/resource-servers',
      (n) => ({
        identifier: `https://api${n}.travel0.example/`,
        name: `API ${n}`,
        scopes: [{ value: 'read:tours', description: 'Read tours' }, { value: 'update:tours' }],
      }),
      'identifier',
    );
    const roles = await this.#create(
      ROLES,
      '/roles',
      (n) => ({ name: `Resident role ${n}`, description: `Role ${n}` }),
      'id',
    );
    const organizations = await this.#create(
      ORGANIZATIONS,
      '/organizations',
      (n) => ({ name: `resident-${n}`, display_name: `Resident ${n}` }),
      'id',
    );
    const clients = await this.#create(
      CLIENTS,
      '/clients',
      (n) => ({ name: `Resident app ${n}`, app_type: 'non_interactive', grant_types: ['client_credentials'] }),
      'client_id',
    );
    await this.#create(CONNECTIONS, '/connections', (n) => ({ name: `resident-con-${n}`, strategy: 'auth0' }), 'id');
    const at = <T>(all: readonly T[], n: number): T => all[n % all.length] as T;
    for (const [n, role] of roles.entries()) {
      await this.#call('POST', `/roles/${role}/permissions`, {
        permissions: [{ resource_server_identifier: at(apis, n), permission_name: 'read:tours' }],
      });
      await this.#call('POST', `/roles/${role}/users`, { users: [at(users, n), at(users, n + 7)] });
    }
    for (const [n, organization] of organizations.entries()) {
      const members = [at(users, 3 * n), at(users, 3 * n + 1)];
      await this.#call('POST', `/organizations/${organization}/members`, { members });
      await this.#call('POST', `/organizations/${organization}/members/${encodeURIComponent(members[0] ?? '')}/roles`, {
        roles: [at(roles, n)],
      });
    }
    for (const [n, client] of clients.entries())
      await this.#call('POST', '/client-grants', { client_id: client, audience: at(apis, n), scope: ['read:tours'] });
    this.#before = await this.#everything();
  }

  /** What differs now: residents that were changed, are gone, or are new; empty where everything is as it was. */
  async differences(): Promise<readonly string[]> {
    const after = await this.#everything();
    const changed = [...this.#before].flatMap(([name, value]) => {
      if (!after.has(name)) return [`gone: ${name}`];
      return isDeepStrictEqual(value, after.get(name)) ? [] : [`changed: ${name}`];
    });
    return [...changed, ...[...after.keys()].filter((name) => !this.#before.has(name)).map((name) => `new: ${name}`)];
  }

  /** Every field of everything that the tenant shows, by path. */
  async #everything(): Promise<ReadonlyMap<string, unknown>> {
    const all = new Map<string, unknown>();
    for (const [path, key, relations] of LISTINGS) {
      for (const entry of await this.#list(path)) {
        const id = String(Reflect.get(Object(entry), key));
        const own = `${path}/${encodeURIComponent(id)}`;
        all.set(own, READABLE.has(path) ? await this.#read(own) : entry);
        for (const relation of relations) all.set(`${own}/${relation}`, await this.#read(`${own}/${relation}`));
      }
    }
    for (const [path, members] of [...all].filter(([name]) => /^\/organizations\/[^/]+\/members$/.test(name))) {
      for (const member of Array.isArray(members) ? members : []) {
        const id = encodeURIComponent(String(Reflect.get(Object(member), 'user_id')));
        all.set(`${path}/${id}/roles`, await this.#read(`${path}/${id}/roles`));
      }
    }
    return all;
  }

  async #list(path: string): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    for (let page = 0; ; page += 1) {
      const entries = await this.#read(`${path}?page=${page}&per_page=100`);
      if (!Array.isArray(entries)) throw new Error(`${path} is not a list: ${JSON.stringify(entries)}`);
      all.push(...entries);
      if (entries.length < 100) return all;
    }
  }

  async #read(path: string): Promise<unknown> {
    return this.#call('GET', path);
  }

  async #create(count: number, path: string, body: (n: number) => object, key: string): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1)
      ids.push(String(Reflect.get(Object(await this.#call('POST', path, body(n))), key)));
    return ids;
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await this.#send({ method, path: `/api/v2${path}`, headers, ...sent });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }
}

/** Listings, the key of their entries, and the listings under an entry. */
const LISTINGS: readonly (readonly [string, string, readonly string[]])[] = [
  ['/users', 'user_id', ['roles', 'permissions', 'organizations']],
  ['/roles', 'id', ['permissions', 'users']],
  ['/organizations', 'id', ['members', 'enabled_connections', 'invitations', 'client-grants']],
  ['/resource-servers', 'id', []],
  ['/clients', 'client_id', []],
  ['/connections', 'id', []],
  ['/client-grants', 'id', []],
];

/** Resources with a read of their own. */
const READABLE: ReadonlySet<string> = new Set([
  '/users',
  '/roles',
  '/organizations',
  '/resource-servers',
  '/clients',
  '/connections',
]);
