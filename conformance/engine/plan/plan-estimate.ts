import type { Contract, Resource } from '../../../contract/contract.js';
import { namedResource } from '../../../contract/exists-once.js';
import type { Plan } from './plan.js';

/** Requests of every run: a token, and what finds out whether this is the API. */
const FIRST = 2;
/** Creating a fixture and removing it. */
const CREATED = 2;

/**
 * About how many requests a plan sends for fixtures, their removal and tokens, besides those of its checks. At depth
 * `smoke` it is close; deeper checks prepare more than it counts.
 */
export function fixtureRequests({ checks, contract }: Plan): number {
  const pooled = new Set(checks.flatMap(({ fixtures }) => fixtures));
  const kept = [...pooled].reduce((sum, name) => sum + costOf(contract, name), 0);
  const own = checks.reduce((sum, { check, operation }) => {
    const { effect } = operation;
    if (effect?.on === 'hook' || effect === undefined) return sum;
    // A tuple is added, to be read or changed.
    if (effect.on === 'relation' && (effect.kind === 'read' || effect.kind === 'update')) return sum + CREATED;
    if (effect.kind === 'update' || effect.kind === 'delete') return sum + costOf(contract, effect.target);
    // What the check itself creates or adds is removed again.
    const succeeds = check.family === 'status-and-shape' && !check.id.includes('refused');
    return sum + (succeeds && (effect.kind === 'create' || effect.kind === 'add') ? 1 : 0);
  }, 0);
  return FIRST + kept + own;
}

/** Requests to create one resource, and what must be new for it, and to remove them. */
function costOf(contract: Contract, name: string): number {
  const resource = contract.resources.get(namedResource(contract, name));
  if (resource === undefined || resource.inside !== undefined || resource.once === true) return 0;
  const [first] = resource.refers;
  return CREATED + (first !== undefined && isOnlyForeign(resource) ? CREATED : 0);
}

/** Whether foreign keys alone make it unique, so that each one refers to another new resource. */
function isOnlyForeign({ refers, unique }: Resource): boolean {
  const foreign = new Set(refers.map(({ property }) => property));
  return unique.some((group) => group.every((property) => foreign.has(property)));
}
