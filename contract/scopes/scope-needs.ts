import type { SecurityAlternative } from '../contract.js';
import { leastAlternatives } from './least-alternatives.js';
import { possibleAlternatives } from './possible-alternatives.js';

/** Calls of one operation by one client. */
export interface ScopedCall {
  /** The id of the operation. */
  readonly operation: string;
  readonly security: readonly SecurityAlternative[];
  /** Scopes that the calls needed besides: of properties that they asked for. */
  readonly more?: readonly string[];
  /** Whether they were refused for want of a scope. */
  readonly isRefused: boolean;
}

/** What the calls of a client say about its scopes. */
export interface ScopeNeeds {
  /** Scopes that its calls needed. Where an operation has alternatives, those that the other calls need anyway. */
  readonly used: readonly string[];
  /** Scopes that it was granted and that no call needed. */
  readonly unused: readonly string[];
  /** For each operation that refused it: the alternatives, each with the scopes that it did not have. */
  readonly lacked: readonly { readonly operation: string; readonly scopes: readonly (readonly string[])[] }[];
}

/** The scopes that the calls of a client needed, did not need, and lacked. @param granted - the scopes of its tokens */
export function scopeNeeds(calls: readonly ScopedCall[], granted: ReadonlySet<string>): ScopeNeeds {
  const used = usedScopes(
    calls.filter(({ isRefused }) => !isRefused),
    granted,
  );
  return {
    used: [...used].sort(),
    unused: [...granted].filter((scope) => !used.has(scope)).sort(),
    lacked: calls
      .filter(({ isRefused }) => isRefused)
      .map(({ operation, security, more = [] }) => {
        const alternatives = security.map(({ scopes }) => missingFrom(granted, [...scopes, ...more]));
        return { operation, scopes: distinct(alternatives.filter((scopes) => scopes.length > 0)) };
      }),
  };
}

/** The scopes with which the calls get access, as few as possible. */
function usedScopes(calls: readonly ScopedCall[], granted: ReadonlySet<string>): ReadonlySet<string> {
  const more = calls.flatMap((call) => call.more ?? []);
  const possible = calls.map(({ security }) => possibleAlternatives(security, granted));
  return new Set([...more, ...leastAlternatives(possible, more).flat()]);
}

function missingFrom(known: ReadonlySet<string>, scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => !known.has(scope));
}

function distinct(alternatives: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(alternatives.map((scopes) => [scopes.join(' '), scopes])).values()];
}
