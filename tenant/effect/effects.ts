import type { Effect, EffectKind } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Act, Effective, Outcome } from './act.js';
import { list } from './list.js';
import * as tuple from './tuple.js';
import * as write from './write.js';

/** Where the contract names an effect that makes no sense for its target, nothing happens. */
const nothing: Effective = ({ endpoint }) => (endpoint.empty === undefined ? {} : { body: endpoint.empty });

const NONE: Readonly<Record<EffectKind, Effective>> = {
  create: nothing,
  read: nothing,
  update: nothing,
  delete: nothing,
  list: nothing,
  add: nothing,
  remove: nothing,
  hook: nothing,
};

/** What happens, by what it happens to and its kind. */
export const effects: Readonly<Record<Effect['on'], Readonly<Record<EffectKind, Effective>>>> = {
  resource: { ...NONE, create: write.create, read: write.read, update: write.update, delete: removed, list },
  relation: { ...NONE, add: tuple.add, remove: tuple.remove, list },
  hook: { ...NONE, hook },
};

/** A delete that succeeds with a body has an empty one. */
function removed(act: Act): ReturnType<Effective> {
  const outcome = write.remove(act);
  return outcome instanceof Refusal ? outcome : nothing(act);
}

async function hook({ world, endpoint, effect, request, body }: Act): Promise<Outcome | Refusal> {
  const run = world.provider.operations[effect.target];
  if (run === undefined) return endpoint.empty === undefined ? {} : { body: endpoint.empty };
  return run({ request, body });
}
