import type { Operation } from '../../contract/contract.js';
import { type ScopedCall, type ScopeNeeds, scopeNeeds } from '../../contract/scopes/scope-needs.js';
import type { Caller } from '../provider.js';

/** What a client needed so far. */
export interface ClientScopes extends ScopeNeeds {
  readonly client: string;
  /** The requests of operations that require scopes. */
  readonly requests: number;
}

interface ClientUse {
  requests: number;
  readonly granted: Set<string>;
  /** By operation and outcome. */
  readonly calls: Map<string, ScopedCall>;
}

/** Which scopes each client used and lacked. */
export class ScopeUse {
  #clients = new Map<string, ClientUse>();
  /** A caller is the same object while its token is cached. */
  #callers = new WeakMap<Caller, ClientUse>();

  /** @param more - scopes that the request needed besides those of the operation */
  add(caller: Caller, operation: Operation, isRefused: boolean, more: readonly string[] | undefined): void {
    const use = this.#callers.get(caller) ?? this.#useOf(caller);
    use.requests += 1;
    const key = isRefused ? `${operation.id} refused` : operation.id;
    const known = use.calls.get(key);
    if (known !== undefined && more === undefined) return;
    const all = [...new Set([...(known?.more ?? []), ...(more ?? [])])];
    use.calls.set(key, { operation: operation.id, security: operation.security, more: all, isRefused });
  }

  /** By client, in the order of their first request. */
  list(): readonly ClientScopes[] {
    return [...this.#clients].map(([client, { requests, granted, calls }]) => ({
      client,
      requests,
      ...scopeNeeds([...calls.values()], granted),
    }));
  }

  clear(): void {
    this.#clients = new Map();
    this.#callers = new WeakMap();
  }

  #useOf(caller: Caller): ClientUse {
    const use = this.#clients.get(caller.client) ?? { requests: 0, granted: new Set<string>(), calls: new Map() };
    for (const scope of caller.scopes) use.granted.add(scope);
    this.#clients.set(caller.client, use);
    this.#callers.set(caller, use);
    return use;
  }
}
