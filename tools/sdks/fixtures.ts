import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { FIRST, GROUPS, PASSWORD } from './state.js';

/** An API with one permission. */
export interface Api {
  readonly id: string;
  readonly identifier: string;
  readonly scope: string;
  readonly permission: { readonly resource_server_identifier: string; readonly permission_name: string };
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

type Item = Readonly<Record<string, unknown>>;

/** What a call needs cannot be made, since the contract leaves the operation out. */
export class NotInContract extends Error {}

/** Makes what a call needs over plain HTTP, so that calls do not depend on each other. */
export class Fixtures {
  readonly #audience: string;
  readonly #token: string;
  readonly #groups = [...GROUPS];

  private constructor(audience: string, token: string) {
    this.#audience = audience;
    this.#token = token;
  }

  /** @param environment the variables that `rolecall tenant -- COMMAND` sets */
  static async connect(environment: Readonly<Record<string, string | undefined>>): Promise<Fixtures> {
    const { ROLECALL_URL = '', AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, AUTH0_AUDIENCE = '' } = environment;
    const response = await fetch(`${ROLECALL_URL}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: AUTH0_CLIENT_ID,
        client_secret: AUTH0_CLIENT_SECRET,
        audience: AUTH0_AUDIENCE,
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return new Fixtures(AUTH0_AUDIENCE.replace(/\/$/, ''), token);
  }

  async request(method: string, path: string, body?: unknown): Promise<Answered> {
    const response = await fetch(`${this.#audience}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async #make(path: string, body: unknown): Promise<Item> {
    const { status, body: made } = await this.request('POST', path, body);
    if (status === 501) throw new NotInContract(path);
    if (status >= 300) throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(made)}`);
    return (made ?? {}) as Item;
  }

  /** A word that nothing else contains. */
  word(prefix: string): string {
    return `${prefix}-${randomBytes(5).toString('hex')}`;
  }

  async user(): Promise<string> {
    const email = `${this.word('user')}@travel0.example`;
    return String((await this.#make('/users', { connection: FIRST.database, email, password: PASSWORD })).user_id);
  }

  async role(properties: Item = {}): Promise<string> {
    return String((await this.#make('/roles', { name: this.word('role'), ...properties })).id);
  }

  async organization(): Promise<string> {
    return String((await this.#make('/organizations', { name: this.word('org') })).id);
  }

  async api(): Promise<Api> {
    const identifier = `https://${this.word('api')}.travel0.example/`;
    const scope = 'read:tours';
    const { id } = await this.#make('/resource-servers', { identifier, name: 'Tours', scopes: [{ value: scope }] });
    const permission = { resource_server_identifier: identifier, permission_name: scope };
    return { id: String(id), identifier, scope, permission };
  }

  async client(properties: Item = {}): Promise<string> {
    const body = { name: this.word('client'), app_type: 'non_interactive', ...properties };
    return String((await this.#make('/clients', body)).client_id);
  }

  /** A client grant that organizations may use. */
  async grant(): Promise<{ readonly id: string; readonly client: string; readonly audience: string }> {
    const client = await this.client();
    const { identifier, scope } = await this.api();
    const body = { client_id: client, audience: identifier, scope: [scope], organization_usage: 'allow' };
    return { id: String((await this.#make('/client-grants', body)).id), client, audience: identifier };
  }

  async connection(): Promise<string> {
    return String((await this.#make('/connections', { name: this.word('con'), strategy: 'auth0' })).id);
  }

  /** A group that no other call uses. */
  group(): string {
    const group = this.#groups.shift();
    if (group === undefined) throw new Error('the state has too few groups');
    return group;
  }

  async member(): Promise<{ readonly organization: string; readonly user: string }> {
    const [organization, user] = [await this.organization(), await this.user()];
    await this.#make(`/organizations/${organization}/members`, { members: [user] });
    return { organization, user };
  }

  async link(path: string, body: unknown): Promise<Item> {
    return await this.#make(path, body);
  }

  /** A public key, as client credentials need it. */
  publicKey(): string {
    return generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
  }
}
