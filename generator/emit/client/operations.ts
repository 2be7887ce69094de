import type { Contract, Operation } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { limitsOf, type Quota } from '../limits.js';
import { pagePath } from '../reference/page-path.js';
import { codeHeader, comment } from '../text/comment.js';
import { Code, literal, type Plain } from '../text/literal.js';
import { rememberNothing } from './code-memory.js';

/** Emits `operations.ts`: what the contract says about each operation, for use at run time. */
export function emitOperations(contract: Contract, plan: ClientPlan, remember = rememberNothing): GeneratedFile {
  const rowOf = (method: ClientMethod) => remember('row', method, () => new Code(literal(row(contract, method), 2)));
  const operations = Object.fromEntries(plan.methods.map((method) => [method.operation.id, rowOf(method)]));
  const relations = Object.fromEntries(
    [...contract.relations.values()].map(({ name, between, follows, limits }) => [
      name,
      { between, ...(follows && { follows }), limits: limits.map((limit) => quota({ ...limit, of: name })) },
    ]),
  );
  const text = `${comment(['All operations of the contract, by id.'])}
export const operations = ${literal(operations)} as const;

${comment(['All relations between resources, with their limits.'])}
export const relations = ${literal(relations)} as const;

export type OperationId = keyof typeof operations;
export type RelationName = keyof typeof relations;
`;
  return { path: 'operations.ts', text: codeHeader + text };
}

function row(contract: Contract, method: ClientMethod): Plain {
  const { operation, path, pages } = method;
  const { effect } = operation;
  const { lists, page, quotas } = limitsOf(contract, operation);
  return {
    method: operation.method,
    path: operation.path,
    route: operation.route,
    summary: operation.summary,
    call: path.join('.'),
    page: pagePath(contract, operation),
    // Each set of scopes is sufficient; for the disputed ones the sources disagree.
    scopes: scopes(operation, false),
    disputedScopes: scopes(operation, true),
    ...(effect && {
      effect: { kind: effect.kind, [effect.on]: effect.target, of: effect.of, each: effect.each },
    }),
    limits: {
      ...(lists.length > 0 && {
        lists: Object.fromEntries(lists.map(({ pointer, ...bounds }) => [pointer, { ...bounds }])),
      }),
      ...(page && { page: { ...page } }),
      ...(quotas.length > 0 && { quotas: quotas.map(quota) }),
    },
    ...(pages && { pages: pages.cursor === undefined ? 'number' : 'cursor' }),
    statuses: Object.fromEntries(
      operation.responses.map(({ status, problems }) => [
        status,
        problems.map(({ name, errorCode }) => ({ problem: name, ...(errorCode && { errorCode }) })),
      ]),
    ),
  };
}

function scopes({ security }: Operation, disputed: boolean): readonly (readonly string[])[] {
  return security.filter((alternative) => alternative.disputed === disputed).map((alternative) => alternative.scopes);
}

function quota({ of, per, max, disputed, problem, evidence }: Quota): Plain {
  return { of, per, max, ...(disputed && { disputed }), ...(problem && { problem }), grade: evidence.grade };
}
