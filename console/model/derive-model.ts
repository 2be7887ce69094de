import type { Contract, Effect, Operation, Resource } from '../../contract/contract.js';
import { planClient } from '../../generator/client/plan.js';
import { PROPERTY_LABELS } from '../auth0/labels.js';
import type { Action, Choice, ConsoleModel, Form, ItemView, ListPage, ResourceModel, Tab } from './model.js';
import { callableOf, choiceOf, listedResource, listingOf } from './operations.js';
import { fieldsOf, itemSchema, labelOf } from './schemas.js';
import { buttonOf, titleOf } from './words.js';

/** Derives what the console shows from a contract. */
export function deriveModel(contract: Contract): ConsoleModel {
  const { methods, server } = planClient(contract);
  const callable = methods.filter(({ input, operation }) => input === undefined && !operation.deprecated);
  const operations = callable.map(({ operation }) => operation);
  const deriving: Deriving = { contract, operations };
  return {
    title: contract.title,
    version: contract.version,
    server: { audience: server.audience, tokenUrl: server.tokenUrl },
    operations: Object.fromEntries(callable.map((method) => [method.operation.id, callableOf(method)])),
    resources: Object.fromEntries(
      [...contract.resources.values()].map((resource) => [resource.name, resourceModel(deriving, resource)]),
    ),
    pages: [...contract.resources.values()].flatMap((resource) => listPage(deriving, resource) ?? []),
    views: sidesOfViews(operations)
      .map((sides) => itemView(deriving, sides))
      .filter(hasContent),
  };
}

interface Deriving {
  readonly contract: Contract;
  readonly operations: readonly Operation[];
}

function resourceModel({ contract, operations }: Deriving, resource: Resource): ResourceModel {
  const list = operations.find((each) => listedResource(contract, each) === resource.name);
  const schema = list === undefined ? undefined : itemSchema(contract, list);
  const { inside, key } = resource;
  return {
    key,
    label: labelOf(contract, resource, schema),
    ...(inside === undefined ? {} : { inside: { parent: inside.parent, list: inside.list.slice(1), key: inside.key } }),
  };
}

function listPage(deriving: Deriving, { name }: Resource): ListPage | undefined {
  const { contract } = deriving;
  const operation = find(deriving, { on: 'resource', kind: 'list', target: name, sides: [] });
  const list = operation === undefined ? undefined : listingOf(contract, operation);
  if (operation === undefined || list === undefined) return undefined;
  const create = find(deriving, { on: 'resource', kind: 'create', target: name, sides: [] });
  return { title: titleOf(operation.summary), list, ...(create && { create: formOf(deriving, create) }) };
}

/** The sets of resources that the paths of operations name, in that order. */
function sidesOfViews(operations: readonly Operation[]): readonly (readonly string[])[] {
  const sets = new Map<string, readonly string[]>();
  for (const { effect } of operations) {
    if (effect === undefined || effect.on === 'hook') continue;
    const sides = Object.keys(effect.of);
    if (sides.length > 0 && !sets.has(keyOf(sides))) sets.set(keyOf(sides), sides);
  }
  return [...sets.values()];
}

function itemView(deriving: Deriving, sides: readonly string[]): ItemView {
  const target = sides.at(-1) ?? '';
  const one = (kind: Effect['kind']) => find(deriving, { on: 'resource', kind, target, sides });
  const link = (kind: Effect['kind']) =>
    deriving.operations.find(({ effect }) => effect?.on === 'relation' && effect.kind === kind && names(effect, sides));
  const read = one('read') ?? link('read');
  const update = one('update') ?? link('update');
  const remove = one('delete');
  return {
    sides,
    ...(read && { read: read.id }),
    ...(update && { update: formOf(deriving, update) }),
    ...(remove && { remove: actionOf(remove) }),
    tabs: tabsOf(deriving, sides),
  };
}

function hasContent({ read, tabs }: ItemView): boolean {
  return read !== undefined || tabs.length > 0;
}

/** The listings under an item, one for each set or resource. */
function tabsOf(deriving: Deriving, sides: readonly string[]): readonly Tab[] {
  const { contract, operations } = deriving;
  const tabs = new Map<string, Tab>();
  for (const operation of operations) {
    const { effect } = operation;
    if (effect?.kind !== 'list' || !names(effect, sides) || Object.keys(effect.query).length > 0) continue;
    const list = listingOf(contract, operation);
    if (list === undefined || tabs.has(effect.target)) continue;
    tabs.set(effect.target, { title: titleOf(operation.summary), list, ...changesOf(deriving, effect, sides) });
  }
  return [...tabs.values()];
}

/** The operations that change what a tab lists. */
function changesOf(deriving: Deriving, { on, target }: Effect, sides: readonly string[]): Omit<Tab, 'title' | 'list'> {
  const { contract } = deriving;
  if (on === 'resource') {
    const create = find(deriving, { on, kind: 'create', target, sides });
    const remove = find(deriving, { on, kind: 'delete', target, sides: [...sides, target] });
    return {
      ...(create && { create: formOf(deriving, create) }),
      ...(remove && { remove: choiceOf(contract, remove, false) }),
    };
  }
  const add = find(deriving, { on, kind: 'add', target, sides });
  const remove = removalOf(deriving, target, sides);
  return { ...(add && { add: choiceOf(contract, add, true) }), ...(remove && { remove }) };
}

/** The operation that removes a tuple of a relation, preferably one whose path is that of the item. */
function removalOf(deriving: Deriving, target: string, sides: readonly string[]): Choice | undefined {
  const { contract, operations } = deriving;
  const ofRelation = operations.filter(({ effect }) => effect?.on === 'relation' && effect.target === target);
  const removing = ofRelation.filter(({ effect }) => effect?.kind === 'remove' || effect?.flag !== undefined);
  const here = removing.find(({ effect }) => effect !== undefined && names(effect, sides));
  const [first] = here === undefined ? removing : [here];
  return first === undefined ? undefined : { ...choiceOf(contract, first, false), label: 'Remove' };
}

interface Wanted {
  readonly on: Effect['on'];
  readonly kind: Effect['kind'];
  readonly target: string;
  /** The sides that the path names. */
  readonly sides: readonly string[];
}

/** The first operation that has this effect on items named by their keys. */
function find({ operations }: Deriving, { on, kind, target, sides }: Wanted): Operation | undefined {
  return operations.find(
    ({ effect }) =>
      effect?.on === on &&
      effect.kind === kind &&
      effect.target === target &&
      effect.by === undefined &&
      effect.renew === undefined &&
      names(effect, sides),
  );
}

function names({ of }: Effect, sides: readonly string[]): boolean {
  return keyOf(Object.keys(of)) === keyOf(sides);
}

function keyOf(sides: readonly string[]): string {
  return [...sides].sort().join(' ');
}

function formOf({ contract }: Deriving, operation: Operation): Form {
  const resource = contract.resources.get(operation.effect?.target ?? '');
  const main = new Set([
    ...(resource?.unique.flat() ?? []),
    'name',
    'display_name',
    'description',
    ...Object.keys(PROPERTY_LABELS),
  ]);
  return { ...actionOf(operation), fields: fieldsOf(contract, operation, main) };
}

function actionOf({ id, summary }: Operation): Action {
  return { operation: id, label: buttonOf(summary) };
}
