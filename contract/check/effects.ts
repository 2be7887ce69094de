import { boundSides, sideParameters } from '../bound-sides.js';
import type { Contract, Effect, Operation, Pointer, Relation, Resource } from '../contract.js';
import { listInBody } from '../list-in-body.js';
import { isObject, joinPointer } from '../pointer.js';
import { mergedSchema } from '../schema/merged-schema.js';
import type { Flaw } from './flaw.js';
import { unknownName } from './unknown-name.js';

/** What is wrong with the effect of an operation: unknown names, and sides that are not bound as its kind requires. */
export function checkEffect(contract: Contract, operation: Operation, effect: Effect): readonly Flaw[] {
  if (effect.on === 'hook') return [];
  const table: ReadonlyMap<string, Resource | Relation> =
    effect.on === 'relation' ? contract.relations : contract.resources;
  if (!table.has(effect.target)) {
    return [unknownName(`${effect.pointer}/${effect.kind}`, effect.on, effect.target, table.keys())];
  }
  const relation = contract.relations.get(effect.target);
  const resource = contract.resources.get(effect.target);
  const referred = resource?.refers.map((reference) => reference.resource) ?? [];
  const sides = effect.on === 'relation' && relation !== undefined ? relation.between : [effect.target, ...referred];
  return [
    ...checkPathSides(operation, effect, sides),
    ...checkQuerySides(operation, effect, sides),
    ...checkListedSides(contract, operation, { effect, sides }),
    ...checkFreeSides(effect, sides),
    ...checkParent(effect, resource),
    ...checkBody(contract, operation, effect),
    ...checkUnknowns(operation, effect),
  ];
}

function checkPathSides(operation: Operation, effect: Effect, sides: readonly string[]): readonly Flaw[] {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  return Object.entries(effect.of).flatMap(([side, parameter]) => {
    const pointer = joinPointer(effect.pointer, 'of', side);
    return [
      ...(sides.includes(side) ? [] : [unknownName(pointer, `side of "${effect.target}"`, side, sides)]),
      ...(parameters.includes(parameter) ? [] : [unknownName(pointer, 'path parameter', parameter, parameters)]),
    ];
  });
}

/** A side that the query names is always named: its parameters are required. */
function checkQuerySides(operation: Operation, effect: Effect, sides: readonly string[]): readonly Flaw[] {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const names = parameters.map(({ name }) => name);
  return Object.entries(effect.query).flatMap(([side, named]) => {
    const pointer = joinPointer(effect.pointer, 'query', side);
    const missing = sideParameters({ query: { [side]: named } }).filter((name) => !names.includes(name));
    return [
      ...(sides.includes(side) ? [] : [unknownName(pointer, `side of "${effect.target}"`, side, sides)]),
      ...missing.map((name) => unknownName(pointer, 'required query parameter', name, names)),
    ];
  });
}

function checkListedSides(
  contract: Contract,
  operation: Operation,
  { effect, sides }: { readonly effect: Effect; readonly sides: readonly string[] },
): readonly Flaw[] {
  return Object.entries(effect.each).flatMap(([side, list]) => {
    const pointer = joinPointer(effect.pointer, 'each', side);
    const message = `"${list}" names nothing in the request body; expected a property of type array or string`;
    return [
      ...(sides.includes(side) ? [] : [unknownName(pointer, `side of "${effect.target}"`, side, sides)]),
      ...(isInBody(contract, operation, list) ? [] : [{ pointer, message }]),
    ];
  });
}

/** A resource under another is named together with its parent. */
function checkParent({ of, pointer }: Effect, resource: Resource | undefined): readonly Flaw[] {
  if (resource?.under === undefined || Object.hasOwn(of, resource.under.parent)) return [];
  const { parent } = resource.under;
  const message = `"${resource.name}" is under "${parent}"; expected the path to name the parent, with of: {${parent}: …}`;
  return [{ pointer, message }];
}

/** A body around an item has the item in one of its properties. */
function checkBody(contract: Contract, { requestBody }: Operation, effect: Effect): readonly Flaw[] {
  const { within, pointer } = effect;
  if (within === undefined) return [];
  const [{ schema } = { schema: {} }] = requestBody?.content ?? [];
  const { properties } = mergedSchema(contract, schema);
  const names = isObject(properties) ? Object.keys(properties) : [];
  return names.includes(within)
    ? []
    : [unknownName(joinPointer(pointer, 'within'), 'property of the request body', within, names)];
}

/** All effects on a relation bind every side, but for a listing, which leaves exactly one side free. */
function checkFreeSides(effect: Effect, sides: readonly string[]): readonly Flaw[] {
  const { kind, on, each, target, pointer } = effect;
  const bound = [...boundSides(effect), ...Object.keys(each)];
  const free = sides.filter((side) => !bound.includes(side));
  if (on === 'relation' && kind !== 'list' && free.length > 0) {
    const message = `"${free.join('", "')}" of "${target}" is not bound; expected it under "of" or "each"`;
    return [{ pointer, message }];
  }
  if (kind === 'list' && on === 'relation' && free.length !== 1) {
    return [{ pointer, message: `a listing of "${target}" needs exactly one unbound side, received ${free.length}` }];
  }
  return [];
}

/** Whatever a request names may not exist, a tuple too: the operation must define what happens then. */
function checkUnknowns(operation: Operation, effect: Effect): readonly Flaw[] {
  const causes = operation.responses.flatMap(({ problems }) => problems).map(({ when }) => when);
  const isLink = effect.on === 'relation' && (effect.kind === 'read' || effect.kind === 'update');
  const named = [...boundSides(effect), ...Object.keys(effect.each), ...(isLink ? [effect.target] : [])];
  return named
    .filter((side) => !effect.unknownSucceeds.includes(side))
    .filter((side) => !causes.some((cause) => cause.kind === 'unknown' && cause.of === side))
    .map((side) => ({
      pointer: effect.pointer,
      message: `no response is defined for an unknown "${side}": list a problem with when: {unknown: ${side}}, or set unknown: {${side}: succeed}`,
    }));
}

/** A list names many, a string names one. */
function isInBody(contract: Contract, operation: Operation, pointer: Pointer): boolean {
  const type = listInBody(contract, operation, pointer)?.type;
  return type === 'array' || type === 'string';
}
