import type { Effect, EffectKind } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { EffectResult } from './effect-result.js';
import { list } from './list.js';
import type { EffectHandler, OperationCall } from './operation-call.js';
import * as tuple from './tuple.js';
import * as write from './write.js';

/** The handler of an effect that makes no sense for its target. */
const noEffect: EffectHandler = ({ endpoint }) => (endpoint.empty === undefined ? {} : { body: endpoint.empty });

const NO_EFFECTS: Readonly<Record<EffectKind, EffectHandler>> = {
  create: noEffect,
  read: noEffect,
  update: noEffect,
  delete: noEffect,
  list: noEffect,
  add: noEffect,
  remove: noEffect,
  hook: noEffect,
};

/** The handlers by kind of target and kind of effect. */
export const effects: Readonly<Record<Effect['on'], Readonly<Record<EffectKind, EffectHandler>>>> = {
  resource: { ...NO_EFFECTS, create: write.create, read: write.read, update: write.update, delete: remove, list },
  relation: { ...NO_EFFECTS, read: tuple.read, update: tuple.update, add: tuple.add, remove: tuple.remove, list },
  hook: { ...NO_EFFECTS, hook },
};

/** A delete whose success has a body returns when it was, or an empty one. */
function remove(call: OperationCall): ReturnType<EffectHandler> {
  const result = write.remove(call);
  if (result instanceof Refusal) return result;
  const { deletedAt } = call.endpoint;
  if (deletedAt === undefined) return noEffect(call);
  return { body: { [deletedAt]: new Date(call.world.clock()).toISOString() } };
}

async function hook({
  world,
  endpoint,
  effect,
  request,
  path,
  query,
  body,
}: OperationCall): Promise<EffectResult | Refusal> {
  const run = world.provider.operations[effect.target];
  if (run === undefined) return endpoint.empty === undefined ? {} : { body: endpoint.empty };
  return run({ request, path, query, body });
}
