import type { Operation } from '../contract.js';
import { leastAlternatives } from './least-alternatives.js';
import { certainAlternatives, possibleAlternatives } from './possible-alternatives.js';

/** A request of a client, as far as scopes go. */
export interface ScopedRequest {
  /** Absent: the token does not say. */
  readonly client?: string;
  /** The audience of its token, if known. */
  readonly audience?: string;
  /** The scopes of its token; absent: unknown. */
  readonly granted?: readonly string[];
  readonly operation: Operation;
  /** `allowed`: it got past the scope check. `lacking`: it was refused because the token lacks scopes. */
  readonly outcome: 'allowed' | 'lacking';
}

/** A scope, and the operations that need it. */
export interface UsedScope {
  readonly scope: string;
  /** In the order of their first request. */
  readonly operations: readonly Operation['id'][];
}

export interface LackedScopes {
  readonly operation: Operation['id'];
  /** The scopes that were missing: of the alternative that needs the fewest more. */
  readonly scopes: readonly string[];
  readonly refusals: number;
}

/** What one client did with its scopes. Lists of scopes are sorted. */
export interface ClientScopes {
  /** Absent: requests whose client is unknown. */
  readonly client?: string;
  readonly audience?: string;
  readonly requests: number;
  /** The fewest scopes with which the same requests get past the scope check. */
  readonly used: readonly UsedScope[];
  /** Absent: the scopes of its tokens are unknown. */
  readonly granted?: readonly string[];
  /** Granted, and not among the used ones. Absent as `granted`. */
  readonly unused?: readonly string[];
  readonly lacked: readonly LackedScopes[];
}

interface Refused {
  readonly operation: Operation;
  readonly scopes: readonly string[];
  refusals: number;
}

interface Seen {
  audience: string | undefined;
  requests: number;
  /** Allowed operations, with the scopes of the tokens that were allowed, where known. */
  readonly allowed: Map<Operation, ReadonlySet<string> | undefined>;
  granted: Set<string> | undefined;
  readonly refused: Map<Operation['id'], Refused>;
}

/** Collects requests, and says which scopes each client used, never used, and lacked. */
export class ScopeUse {
  readonly #clients = new Map<string | undefined, Seen>();

  add({ client, audience, granted, operation, outcome }: ScopedRequest): void {
    const seen = this.#seenOf(client);
    seen.requests += 1;
    seen.audience ??= audience;
    if (granted !== undefined) seen.granted = new Set([...(seen.granted ?? []), ...granted]);
    const token = granted === undefined ? undefined : new Set(granted);
    if (outcome === 'allowed') {
      // A scope that only some of the allowed tokens had was not needed.
      const before = seen.allowed.get(operation);
      const common = before === undefined || token === undefined ? (before ?? token) : intersection(before, token);
      seen.allowed.set(operation, common);
      return;
    }
    const refused = seen.refused.get(operation.id) ?? {
      operation,
      scopes: missingScopes(operation, token),
      refusals: 0,
    };
    refused.refusals += 1;
    seen.refused.set(operation.id, refused);
  }

  /** In the order of their first request. */
  clients(): readonly ClientScopes[] {
    return [...this.#clients].map(([client, { audience, requests, allowed, granted, refused }]) => {
      const used = leastScopes(allowed);
      const names = new Set(used.map(({ scope }) => scope));
      return {
        ...(client === undefined ? {} : { client }),
        ...(audience === undefined ? {} : { audience }),
        requests,
        used,
        ...(granted === undefined
          ? {}
          : { granted: [...granted].sort(), unused: [...granted].filter((scope) => !names.has(scope)).sort() }),
        lacked: [...refused.values()].map(({ operation, scopes, refusals }) => ({
          operation: operation.id,
          scopes,
          refusals,
        })),
      };
    });
  }

  #seenOf(client: string | undefined): Seen {
    const known = this.#clients.get(client);
    if (known !== undefined) return known;
    const seen = { audience: undefined, requests: 0, allowed: new Map(), granted: undefined, refused: new Map() };
    this.#clients.set(client, seen);
    return seen;
  }
}

function leastScopes(allowed: ReadonlyMap<Operation, ReadonlySet<string> | undefined>): readonly UsedScope[] {
  const operations = [...allowed.keys()];
  const least = leastAlternatives(
    [...allowed].map(([operation, token]) => possibleAlternatives(operation.security, token)),
  );
  const used = new Map<string, Operation['id'][]>();
  for (const [index, scopes] of least.entries()) {
    const id = operations[index]?.id ?? '';
    for (const scope of scopes) used.set(scope, [...(used.get(scope) ?? []), id]);
  }
  return [...used]
    .map(([scope, operations]) => ({ scope, operations }))
    .sort((one, other) => (one.scope < other.scope ? -1 : 1));
}

function missingScopes(operation: Operation, token: ReadonlySet<string> | undefined): readonly string[] {
  const lacking = certainAlternatives(operation.security).map((scopes) =>
    scopes.filter((scope) => token?.has(scope) !== true),
  );
  const [fewest = []] = [...lacking].sort((one, other) => one.length - other.length);
  return [...fewest].sort();
}

function intersection(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((scope) => other.has(scope)));
}
