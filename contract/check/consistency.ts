import type { Contract, Limit, Operation, Pointer, Relation, Resource } from '../contract.js';
import { getPointer, isObject } from '../pointer.js';
import { securitySchemeNames, securitySchemeOf } from '../security-schemes.js';
import { checkEffect } from './effects.js';
import { type Flaw, READABLE } from './flaw.js';
import { checkKinds } from './kinds.js';
import { checkCatalogue, checkMissingRefusals, checkProblems } from './refusals.js';
import { checkSdks } from './sdks.js';
import { checkTasks } from './tasks.js';
import { unknownName } from './unknown-name.js';

/** Everything in a contract that contradicts itself: unknown names, unbound sides, problems that cannot occur. */
export function checkConsistency(contract: Contract): readonly Flaw[] {
  return [
    ...checkIds(contract),
    ...[...contract.resources.values()].flatMap((resource) => checkResource(contract, resource)),
    ...[...contract.relations.values()].flatMap((relation) => checkRelation(contract, relation)),
    ...checkRateLimit(contract),
    ...contract.operations.flatMap((operation) => [
      ...checkSecurity(contract, operation),
      ...(operation.effect === undefined ? [] : checkEffect(contract, operation, operation.effect)),
      ...checkProblems(contract, operation),
      ...checkMissingRefusals(operation),
      ...checkKinds(contract, operation),
    ]),
    ...checkCatalogue(contract),
    ...checkSdks(contract),
    ...checkTasks(contract),
  ];
}

function checkIds(contract: Contract): readonly Flaw[] {
  const owners = new Map<string, Pointer>();
  const flaws: Flaw[] = [];
  for (const operation of contract.operations) {
    const written = getPointer(contract.document, operation.pointer);
    const id = isObject(written) ? written.operationId : undefined;
    if (typeof id !== 'string') continue;
    const first = owners.get(id);
    if (first === undefined) owners.set(id, operation.pointer);
    else if (first !== operation.pointer) {
      const message = `operationId "${id}" is also used at ${first}; expected a unique one`;
      flaws.push({ pointer: `${operation.pointer}/operationId`, message, mend: READABLE });
    }
  }
  return flaws;
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
      message: `"${resource.name}" is also the name of a relation; rename one of them`,
    });
  }
  const { kind } = resource;
  const foreign = resource.refers.map(({ property }) => property);
  if (kind !== undefined && !foreign.includes(kind.property))
    flaws.push(unknownName(`${resource.pointer}/kind`, 'foreign key', kind.property, foreign));
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

function checkRateLimit({ rateLimit, problems, operations }: Contract): readonly Flaw[] {
  const groups = new Set(rateLimit?.plans.flatMap((plan) => [...plan.groups.keys()]) ?? []);
  const unknownGroups = operations.flatMap(({ rateGroup, pointer }) =>
    rateGroup === undefined || groups.has(rateGroup)
      ? []
      : [unknownName(`${pointer}/x-rate-group`, 'group of a plan', rateGroup, groups)],
  );
  if (rateLimit === undefined || problems.has(rateLimit.problem)) return unknownGroups;
  const unknownProblem = unknownName(`${rateLimit.pointer}/problem`, 'problem', rateLimit.problem, problems.keys());
  return [unknownProblem, ...unknownGroups];
}

function checkSecurity(contract: Contract, operation: Operation): readonly Flaw[] {
  const schemes = securitySchemeNames(contract);
  return operation.security.flatMap(({ pointer }) => {
    const requirement = getPointer(contract.document, pointer);
    return Object.entries(isObject(requirement) ? requirement : {}).flatMap(([name, scopes]): readonly Flaw[] => {
      if (!schemes.includes(name))
        return [{ ...unknownName(pointer, 'security scheme', name, schemes), mend: READABLE }];
      // OpenID Connect declares its scopes at its own URL, and other schemes list roles, which nothing declares.
      const declares = securitySchemeOf(contract, name).type === 'oauth2' && contract.scopeDescriptions.size > 0;
      const names = Array.isArray(scopes) ? scopes.map(String) : [];
      return names.flatMap((scope): readonly Flaw[] => {
        const message = /\s/.test(scope)
          ? `"${scope}" has spaces, which separate scopes in a token; list each scope by itself`
          : declares && !contract.scopeDescriptions.has(scope)
            ? `no security scheme declares the scope "${scope}"; add it to the scopes of a flow`
            : '';
        return message === '' ? [] : [{ pointer, message, mend: READABLE }];
      });
    });
  });
}
