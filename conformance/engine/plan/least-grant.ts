import type { Contract, Json, JsonObject, Operation, Resource } from '../../../contract/contract.js';
import { certainAlternatives } from '../../../contract/scopes/possible-alternatives.js';
import { accessWith } from '../../lookup/access.js';
import { Effects } from '../../lookup/effects.js';
import { initialName } from '../../lookup/identity.js';
import type { Plan } from './plan.js';

/** The scopes that a plan needs, and the operations that need each. */
export interface LeastGrant {
  /** Sorted. */
  readonly scopes: readonly string[];
  /** The body of a client grant with these scopes, as the contract's own operation takes it; absent: it has none. */
  readonly grant?: JsonObject;
}

export interface GrantOptions {
  /** The client to grant to. */
  readonly client: string;
  readonly audience: string;
  /** Nothing is created, and no tokens are granted. */
  readonly readOnly?: boolean;
}

/** The least grant with which every check of a plan can run: its operations, its fixtures, and the tokens it obtains. */
export function leastGrant(plan: Plan, { client, audience, readOnly = false }: GrantOptions): LeastGrant {
  const { contract } = plan;
  const held = new Set<string>();
  for (const operation of operationsOf(plan, readOnly)) addLeast(operation, held);
  const scopes = [...held].sort();
  const grants = [...contract.resources.values()].find((resource) => resource.grants !== undefined)?.grants;
  if (grants === undefined) return { scopes };
  const grant: Record<string, Json> = { [grants.to]: client, [grants.audience]: audience, [grants.scopes]: scopes };
  return { scopes, grant };
}

const READING = ['read', 'list'] as const;

/** The operations of the plan, and those that create, find and remove what it needs. */
function operationsOf(plan: Plan, readOnly: boolean): ReadonlySet<Operation> {
  const { contract, checks } = plan;
  const effects = new Effects(contract);
  const needed = new Set(checks.map(({ operation }) => operation));
  const resources = new Set(checks.flatMap(({ fixtures }) => fixtures));
  const relations = new Set(
    checks.flatMap(({ operation: { effect } }) => (effect?.on === 'relation' ? [effect.target] : [])),
  );
  if (!readOnly && checks.some(({ check }) => check.family === 'scopes')) {
    for (const { name } of grantingResources(contract)) {
      resources.add(name);
      const update = effects.one('update', name);
      if (update !== undefined) needed.add(update);
    }
  }
  for (const name of withReferred(contract, resources)) {
    for (const kind of readOnly ? READING : ([...READING, 'create', 'delete'] as const)) {
      const operation = effects.one(kind, name);
      if (operation !== undefined) needed.add(operation);
    }
  }
  for (const name of relations) {
    for (const kind of readOnly ? (['list'] as const) : (['add', 'remove', 'list'] as const)) {
      const operation = effects.one(kind, name);
      if (operation !== undefined) needed.add(operation);
    }
  }
  return needed;
}

/** Narrow tokens come from a client of the run, whose grant is changed for each. */
function grantingResources(contract: Contract): readonly Resource[] {
  return [...contract.resources.values()].filter(({ grants }) => grants !== undefined);
}

/** The resources, what they refer to, and what contains them. */
function withReferred(contract: Contract, names: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) {
    const resource = contract.resources.get(name);
    const parents = [resource?.inside?.parent, resource?.under?.parent].filter((parent) => parent !== undefined);
    // What every tenant has need not be created.
    const created = (resource?.refers ?? []).filter((each) => initialName(contract, each) === undefined);
    for (const referred of [...created.map((each) => each.resource), ...parents]) all.add(referred);
  }
  return all;
}

/** Adds the scopes of the alternative that needs the fewest more. */
function addLeast({ security }: Operation, held: Set<string>): void {
  if (accessWith(security, held) === 'granted') return;
  const [least = []] = [...certainAlternatives(security)].sort(
    (one, other) => missing(one, held) - missing(other, held),
  );
  for (const scope of least) held.add(scope);
}

function missing(scopes: readonly string[], held: ReadonlySet<string>): number {
  return scopes.filter((scope) => !held.has(scope)).length;
}
