import { resourceNamed } from '../../conformance/lookup/identity.js';
import { entriesOf } from '../../conformance/lookup/listings/entries.js';
import { boundSides } from '../../contract/bound-sides.js';
import type { Json, JsonObject, Relation, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { SchemaView } from '../judge/schema-view.js';
import { type RecordedTuple, sidesInQuery, withSide } from './references.js';
import type { ReplayContract } from './replay-contract.js';
import { effectOf, type RoutedStep } from './step.js';

/** An item of a resource in an answer. */
export interface AnswerItem {
  readonly resource: Resource;
  readonly item: JsonObject;
  readonly view: SchemaView;
  /** The sides that the path of the request names. */
  readonly sides: Readonly<Record<string, string>>;
  /** The tuple that exists because the item is in this listing. */
  readonly tuple?: RecordedTuple;
}

/** The items in the recorded answer of a successful request, including nested ones. */
export function itemsInAnswer(known: ReplayContract, step: RoutedStep): readonly AnswerItem[] {
  const effect = effectOf(step);
  const { body } = step.exchange.response;
  if (effect === undefined || body === undefined) return [];
  const shown =
    effect.kind === 'list'
      ? listed(known, step)
      : effect.on === 'relation'
        ? linksShown(known, step)
        : effect.on === 'resource' && isObject(body)
          ? [
              {
                resource: resourceNamed(known.contract, effect.target),
                item: body,
                view: step.answer,
                sides: pathSides(step),
              },
            ]
          : [];
  return shown.flatMap((one) => [one, ...inside(known, one)]);
}

/** The resource of the items of a listing; undefined if the contract does not declare it. */
export function listedResource({ contract }: ReplayContract, step: RoutedStep): Resource | undefined {
  const effect = effectOf(step);
  if (effect?.kind !== 'list') return undefined;
  if (effect.on === 'resource') return contract.resources.get(effect.target);
  const free =
    contract.relations.get(effect.target)?.between.filter((side) => !boundSides(effect).includes(side)) ?? [];
  return free.length === 1 && free[0] !== undefined ? contract.resources.get(free[0]) : undefined;
}

/** The schema view of the items of a listing, whether the answer is a list or an object with a list. */
export function itemView(step: RoutedStep, bare: boolean): SchemaView {
  const { as } = effectOf(step) ?? {};
  const list = bare || as === undefined ? step.answer : (step.answer.property(as) ?? step.answer);
  return list.items();
}

/** The sides of a relation that the path and the query of a request determine. */
export function pathSides(step: RoutedStep): Readonly<Record<string, string>> {
  const queried = sidesInQuery(step).filter((named): named is [string, string] => typeof named[1] === 'string');
  return Object.fromEntries([
    ...Object.entries(effectOf(step)?.of ?? {}).map(([side, parameter]) => [side, step.match.path[parameter] ?? '']),
    ...queried,
  ]);
}

function listed(known: ReplayContract, step: RoutedStep): readonly AnswerItem[] {
  const resource = listedResource(known, step);
  const effect = effectOf(step);
  const { body } = step.exchange.response;
  if (resource === undefined || effect === undefined) return [];
  const view = itemView(step, Array.isArray(body));
  const start: RecordedTuple = { relation: effect.target, sides: pathSides(step), items: {} };
  return entriesOf(step.match.operation, body)
    .filter(isObject)
    .map((item) => {
      const [named] = effect.on === 'relation' ? withSide(resource, start, item) : [];
      const relation = known.contract.relations.get(effect.target);
      const tuple = named === undefined || relation === undefined ? {} : { tuple: withCarried(relation, named, item) };
      return { resource, item, view, sides: start.sides, ...tuple };
    });
}

/** The items of a relation in the answer to a request that reads, changes or adds tuples. */
function linksShown(known: ReplayContract, step: RoutedStep): readonly AnswerItem[] {
  const effect = effectOf(step);
  const { body } = step.exchange.response;
  const relation = known.contract.relations.get(effect?.target ?? '');
  if (effect === undefined || relation === undefined || body === undefined) return [];
  const sides = pathSides(step);
  const resource = known.contract.resources.get(
    relation.between.find((side) => !boundSides(effect).includes(side)) ?? relation.between.at(-1) ?? '',
  );
  if (resource === undefined) return [];
  const view = Array.isArray(body) ? step.answer.items() : step.answer;
  const shown: readonly Json[] = Array.isArray(body) ? body : [body];
  return shown.filter(isObject).flatMap((item) => {
    const start: RecordedTuple = { relation: relation.name, sides, items: {} };
    const [tuple] = withSide(resource, start, item);
    if (tuple === undefined) return [];
    // An addition is not assumed.
    const assumed = effect.kind === 'add' ? {} : { tuple: withCarried(relation, tuple, item) };
    return [{ resource, item, view, sides, ...assumed }];
  });
}

function withCarried({ carries }: Relation, tuple: RecordedTuple, item: JsonObject): RecordedTuple {
  const carried = Object.fromEntries(Object.entries(item).filter(([name]) => carries.includes(name)));
  return carries.length === 0 ? tuple : { ...tuple, carried };
}

/** The items of relations inside an item. */
function inside({ contract }: ReplayContract, { resource, item, view, sides }: AnswerItem): readonly AnswerItem[] {
  return view.properties.flatMap((name) => {
    const property = view.property(name);
    const list: Json | undefined = item[name];
    if (property?.role?.kind !== 'relation' || !Array.isArray(list)) return [];
    const relation = contract.relations.get(property.role.relation);
    const free = relation?.between.filter((side) => side !== resource.name && !Object.hasOwn(sides, side)) ?? [];
    const other = free.length === 1 && free[0] !== undefined ? contract.resources.get(free[0]) : undefined;
    if (relation === undefined || other === undefined) return [];
    const bound = Object.fromEntries(Object.entries(sides).filter(([side]) => relation.between.includes(side)));
    const [start] = withSide(resource, { relation: relation.name, sides: bound, items: {} }, item);
    return list.filter(isObject).map((entry) => {
      const [tuple] = start === undefined ? [] : withSide(other, start, entry);
      return { resource: other, item: entry, view: property.items(), sides, ...(tuple === undefined ? {} : { tuple }) };
    });
  });
}
