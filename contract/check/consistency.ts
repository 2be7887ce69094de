import type { Contract, Effect, Limit, Operation, Pointer, Problem, Relation, Resource, Schema } from '../contract.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../pointer.js';
import type { Flaw } from './flaw.js';

/** Everything in a contract that contradicts itself: names of nothing, sides that are not bound, causes that cannot be. */
export function checkConsistency(contract: Contract): readonly Flaw[] {
  return [
    ...checkIds(contract),
    ...[...contract.resources.values()].flatMap((resource) => checkResource(contract, resource)),
    ...[...contract.relations.values()].flatMap((relation) => checkRelation(contract, relation)),
    ...checkRateLimit(contract),
    ...contract.operations.flatMap((operation) => [
      ...checkPath(operation),
      ...checkSecurity(contract, operation),
      ...(operation.effect === undefined ? [] : checkEffect(contract, operation, operation.effect)),
      ...checkProblems(contract, operation),
    ]),
    ...checkCatalogue(contract),
  ];
}

function checkIds(contract: Contract): readonly Flaw[] {
  const paths = isObject(contract.document.paths) ? contract.document.paths : {};
  const owners = new Map<string, Pointer>();
  const flaws: Flaw[] = [];
  for (const operation of contract.operations) {
    const item = paths[operation.path];
    const written = isObject(item) ? item[operation.method.toLowerCase()] : undefined;
    const id = isObject(written) ? written.operationId : undefined;
    if (typeof id !== 'string') continue;
    const first = owners.get(id);
    if (first === undefined) owners.set(id, operation.pointer);
    else
      flaws.push({
        pointer: `${operation.pointer}/operationId`,
        message: `"${id}" names another operation too, at ${first}`,
      });
  }
  return flaws;
}

function unknownName(pointer: Pointer, kind: string, name: string, known: Iterable<string>): Flaw {
  return { pointer, message: `"${name}" is no ${kind}; expected one of ${[...known].join(', ') || '(there is none)'}` };
}

function checkResource(contract: Contract, resource: Resource): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const known = contract.resources;
  for (const { property, resource: target } of resource.refers) {
    if (!known.has(target))
      flaws.push(unknownName(`${resource.pointer}/refers/${property}`, 'resource', target, known.keys()));
  }
  if (resource.inside !== undefined && !known.has(resource.inside.parent)) {
    flaws.push(unknownName(`${resource.pointer}/inside`, 'resource', resource.inside.parent, known.keys()));
  }
  if (contract.relations.has(resource.name)) {
    flaws.push({
      pointer: resource.pointer,
      message: `"${resource.name}" is a relation too; expected a name of its own`,
    });
  }
  return [...flaws, ...checkLimit(contract, resource.limit)];
}

function checkRelation(contract: Contract, relation: Relation): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const { pointer } = relation;
  relation.between.forEach((side, index) => {
    if (!contract.resources.has(side)) {
      flaws.push(unknownName(`${pointer}/between/${index}`, 'resource', side, contract.resources.keys()));
    }
  });
  if (relation.follows !== undefined && !contract.relations.has(relation.follows)) {
    flaws.push(unknownName(`${pointer}/follows`, 'relation', relation.follows, contract.relations.keys()));
  }
  relation.shows.forEach((chain, row) => {
    chain.forEach((name, index) => {
      if (!contract.relations.has(name)) {
        flaws.push(unknownName(`${pointer}/shows/${row}/${index}`, 'relation', name, contract.relations.keys()));
      }
    });
  });
  for (const limit of relation.limits) {
    limit.per.forEach((side, index) => {
      if (!relation.between.includes(side)) {
        flaws.push(unknownName(`${limit.pointer}/per/${index}`, `side of "${relation.name}"`, side, relation.between));
      }
    });
    flaws.push(...checkLimit(contract, limit));
  }
  return flaws;
}

function checkLimit(contract: Contract, limit: Limit | undefined): readonly Flaw[] {
  if (limit?.problem === undefined || contract.problems.has(limit.problem)) return [];
  return [unknownName(`${limit.pointer}/problem`, 'problem', limit.problem, contract.problems.keys())];
}

function checkRateLimit({ rateLimit, problems }: Contract): readonly Flaw[] {
  if (rateLimit === undefined || problems.has(rateLimit.problem)) return [];
  return [unknownName(`${rateLimit.pointer}/problem`, 'problem', rateLimit.problem, problems.keys())];
}

function checkPath(operation: Operation): readonly Flaw[] {
  const inPath = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
  return [
    ...inPath
      .filter((name) => !declared.some((parameter) => parameter.name === name))
      .map((name) => ({
        pointer: operation.pointer,
        message: `"{${name}}" stands in the path; expected a path parameter of that name`,
      })),
    ...declared
      .filter(({ name }) => !inPath.includes(name))
      .map(({ name, pointer }) => ({
        pointer,
        message: `"${name}" is a path parameter; expected {${name}} in "${operation.path}"`,
      })),
  ];
}

function checkSecurity(contract: Contract, operation: Operation): readonly Flaw[] {
  const components = isObject(contract.document.components) ? contract.document.components : {};
  const schemes = isObject(components.securitySchemes) ? components.securitySchemes : {};
  return operation.security.flatMap(({ pointer }) => {
    const requirement = getPointer(contract.document, pointer);
    return Object.entries(isObject(requirement) ? requirement : {}).flatMap(([name, scopes]): readonly Flaw[] => {
      const scheme = schemes[name];
      if (!isObject(scheme)) return [unknownName(pointer, 'security scheme', name, Object.keys(schemes))];
      // Those of OpenID Connect stand at its own address, and what others list are roles, which nothing declares.
      const declares = contract.resolve(scheme).type === 'oauth2' && contract.scopeDescriptions.size > 0;
      if (!declares || !Array.isArray(scopes)) return [];
      return scopes
        .filter((scope) => !contract.scopeDescriptions.has(String(scope)))
        .map((scope) => ({
          pointer,
          message: `"${String(scope)}" is a scope that no security scheme declares; expected it among its flow's scopes`,
        }));
    });
  });
}

function checkEffect(contract: Contract, operation: Operation, effect: Effect): readonly Flaw[] {
  if (effect.on === 'hook') return [];
  const table: ReadonlyMap<string, Resource | Relation> =
    effect.on === 'relation' ? contract.relations : contract.resources;
  const place = `${effect.pointer}/${effect.kind}`;
  const relation = contract.relations.get(effect.target);
  if (!table.has(effect.target)) return [unknownName(place, effect.on, effect.target, table.keys())];
  const flaws: Flaw[] = [];
  const sides = effect.on === 'relation' && relation !== undefined ? relation.between : [effect.target];
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  for (const [side, parameter] of Object.entries(effect.of)) {
    const pointer = joinPointer(effect.pointer, 'of', side);
    if (!sides.includes(side)) flaws.push(unknownName(pointer, `side of "${effect.target}"`, side, sides));
    if (!parameters.includes(parameter)) flaws.push(unknownName(pointer, 'path parameter', parameter, parameters));
  }
  for (const [side, list] of Object.entries(effect.each)) {
    const pointer = joinPointer(effect.pointer, 'each', side);
    if (!sides.includes(side)) flaws.push(unknownName(pointer, `side of "${effect.target}"`, side, sides));
    if (!namesList(contract, operation, list)) {
      flaws.push({ pointer, message: `"${list}" is no list in the request body; expected a property of type array` });
    }
  }
  const bound = new Set([...Object.keys(effect.of), ...Object.keys(effect.each)]);
  const free = sides.filter((side) => !bound.has(side));
  if ((effect.kind === 'add' || effect.kind === 'remove') && free.length > 0) {
    flaws.push({
      pointer: effect.pointer,
      message: `"${free.join('", "')}" of "${effect.target}" is not bound; expected it under "of" or "each"`,
    });
  }
  if (effect.kind === 'list' && effect.on === 'relation' && free.length !== 1) {
    flaws.push({
      pointer: effect.pointer,
      message: `a listing of "${effect.target}" leaves one side free; received ${free.length}`,
    });
  }
  return [...flaws, ...checkUnknowns(operation, effect)];
}

/** Each thing that a request names may not exist: something has to say what happens then. */
function checkUnknowns(operation: Operation, effect: Effect): readonly Flaw[] {
  const causes = operation.responses.flatMap(({ problems }) => problems).map(({ when }) => when);
  const named = [...Object.keys(effect.of), ...Object.keys(effect.each)];
  return named
    .filter((side) => !effect.unknownSucceeds.includes(side))
    .filter((side) => !causes.some((cause) => cause.kind === 'unknown' && cause.of === side))
    .map((side) => ({
      pointer: effect.pointer,
      message: `nothing says what an unknown "${side}" gets; expected a problem with when: {unknown: ${side}} at an answer, or unknown: {${side}: succeed}`,
    }));
}

function namesList(contract: Contract, operation: Operation, pointer: Pointer): boolean {
  return (operation.requestBody?.content ?? []).some(({ schema }) => {
    let current: Schema | undefined = contract.resolve(schema);
    for (const segment of splitPointer(pointer)) {
      const properties: unknown = current?.properties;
      const next = isObject(properties) ? properties[segment] : undefined;
      current = isObject(next) ? contract.resolve(next) : undefined;
    }
    return current?.type === 'array';
  });
}

/** Names at responses that the catalogue lacks, and causes that no request to the operation can reach. */
function checkProblems(contract: Contract, operation: Operation): readonly Flaw[] {
  return operation.responses.flatMap((response) => {
    const pointer = `${response.pointer}/x-problems`;
    const missing = namesAt(contract, pointer)
      .map((name, index) => ({ name, place: `${pointer}/${index}` }))
      .filter(({ name }) => !contract.problems.has(name))
      .map(({ name, place }) => unknownName(place, 'problem', name, contract.problems.keys()));
    const unreachable = response.problems
      // A response that several operations share may list causes that some of them cannot have.
      .filter((problem) => response.pointer.startsWith(operation.pointer) && !reachable(contract, operation, problem))
      .map((problem) => ({
        pointer,
        message: `"${problem.name}" has a cause that no request to "${operation.id}" can reach; take it out, or give the operation what the cause needs`,
      }));
    return [...missing, ...unreachable];
  });
}

function namesAt(contract: Contract, pointer: Pointer): readonly string[] {
  let value: unknown = contract.document;
  for (const segment of splitPointer(pointer)) value = isObject(value) ? value[segment] : undefined;
  return Array.isArray(value) ? value.map(String) : [];
}

function reachable(contract: Contract, operation: Operation, { when }: Problem): boolean {
  const { effect } = operation;
  if (effect === undefined) return true;
  const target = contract.resources.get(effect.target);
  switch (when.kind) {
    case 'token':
    case 'scope':
      return operation.security.length > 0;
    case 'rate':
      return contract.rateLimit !== undefined;
    case 'invalid':
      if (when.part === 'body') return operation.requestBody !== undefined;
      return when.part !== 'path' || operation.parameters.some((parameter) => parameter.in === 'path');
    case 'beyond':
      return operation.parameters.some(({ query }) => query?.kind === 'page');
    case 'unknown': {
      const refers = (target?.refers ?? []).map(({ resource }) => resource);
      return [...Object.keys(effect.of), ...Object.keys(effect.each), ...refers].includes(when.of);
    }
    case 'duplicate':
      return when.of === effect.target && (effect.kind === 'create' || effect.kind === 'update');
    case 'full':
      return when.of === effect.target && (effect.kind === 'create' || effect.kind === 'add');
    case 'hook':
    case 'never':
      return true;
  }
}

/** A problem of the catalogue that no answer lists is a cause that nothing can reach. */
function checkCatalogue(contract: Contract): readonly Flaw[] {
  const listed = new Set(
    contract.operations.flatMap(({ responses }) =>
      responses.flatMap(({ problems }) => problems.map(({ name }) => name)),
    ),
  );
  return [...contract.problems.values()]
    .filter(({ name }) => !listed.has(name))
    .map(({ name, pointer }) => ({
      pointer,
      message: `"${name}" is a problem that no answer lists; list it or take it out`,
    }));
}
