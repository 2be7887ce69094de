import type { Target } from '../../conformance/target/target.js';
import type { Contract } from '../../contract/contract.js';

/** Another client of the tenant. */
export interface OtherClient {
  /** Creates something, or deletes what it created before. */
  work(): Promise<void>;
}

/** It keeps a few of each kind, so that listings grow and shrink while the run walks them. */
const KEPT = 5;

interface Kind {
  readonly path: string;
  readonly key: string;
  readonly body: (number: number) => object;
}

const KINDS: readonly Kind[] = [
  { path: '/roles', key: 'id', body: (number) => ({ name: `other ${number}`, description: 'of another client' }) },
  {
    path: '/users',
    key: 'user_id',
    body: (number) => ({
      email: `other-${number}@travel0.example`,
      connection: 'Username-Password-Authentication',
      password: `Other-${number}-client!`,
    }),
  },
  { path: '/organizations', key: 'id', body: (number) => ({ name: `other-${number}` }) },
  { path: '/clients', key: 'client_id', body: (number) => ({ name: `other ${number}` }) },
];

/** A client with a token of its own that creates and deletes users, roles, organizations and clients in turn. */
export async function otherClient(target: Target, contract: Contract): Promise<OtherClient> {
  const token = await target.issue?.(contract.scopes);
  const headers = { authorization: `Bearer ${token ?? ''}`, 'content-type': 'application/json' };
  const send = (method: string, path: string, body?: object) =>
    target.send(
      {
        method,
        path: `${contract.serverPath}${path}`,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      { timeoutMs: 10_000 },
    );
  const created = new Map<Kind, string[]>(KINDS.map((kind) => [kind, []]));
  let turn = 0;
  return {
    async work() {
      turn += 1;
      const kind = KINDS[turn % KINDS.length];
      if (kind === undefined) return;
      const mine = created.get(kind) ?? [];
      const oldest = mine.length < KEPT ? undefined : mine.shift();
      if (oldest !== undefined) {
        await send('DELETE', `${kind.path}/${encodeURIComponent(oldest)}`);
        return;
      }
      const { status, json, text } = await send('POST', kind.path, kind.body(turn));
      // A quota that the run has just filled, for a moment.
      if (status === 409 || status === 403 || status === 400) return;
      if (status >= 300) throw new Error(`POST ${kind.path} of the other client: ${status} ${text}`);
      mine.push(String(Reflect.get(Object(json), kind.key)));
    },
  };
}
