import fc from 'fast-check';
import type { Contract, Json, Operation, Schema } from '../../contract/contract.js';
import { weaker } from '../../contract/evidence.js';
import { joinPointer } from '../../contract/pointer.js';
import { type BrokenInput, brokenBodies, brokenParameters } from '../arbitraries/broken-input.js';
import type { JsonEdit } from '../arbitraries/json-edit.js';
import { breakBody } from '../arbitraries/reach-place.js';
import type { CheckContext, Depth } from '../check.js';
import type { Violation } from '../finding.js';
import { LARGEST_LIST, listLimits } from '../lookup/list-limit.js';
import { succeeded } from '../target/exchange.js';
import { buildRequest, type RequestValues } from '../target/request.js';
import { isInvalid, refusalFor } from './expected-refusal.js';
import { type RefusalTrial, refusalTrial } from './refusal-trial.js';

export type InputPart = 'path' | 'query' | 'body';

/** They are asked for when a check is planned, estimated and run, and take a while to find. */
const known = new WeakMap<Operation, Map<InputPart, readonly BrokenInput[]>>();

/** Every constraint on one part of an operation's input. */
export function constraintsOn(contract: Contract, operation: Operation, part: InputPart): readonly BrokenInput[] {
  const parts = known.get(operation) ?? new Map<InputPart, readonly BrokenInput[]>();
  const constraints = parts.get(part) ?? findConstraints(contract, operation, part);
  known.set(operation, parts.set(part, constraints));
  return constraints;
}

function findConstraints(contract: Contract, operation: Operation, part: InputPart): readonly BrokenInput[] {
  if (part !== 'body')
    return brokenParameters(
      contract,
      operation.parameters.filter((parameter) => parameter.in === part),
    );
  const { requestBody } = operation;
  // How many subjects a list may name is tried with ones that are there, by the check of sizes.
  const sized = listLimits(operation, contract)
    .filter(({ max }) => max <= LARGEST_LIST)
    .map(({ list }) => list);
  const media = requestBody?.content.find(({ type }) => type.endsWith('json')) ?? requestBody?.content[0];
  if (requestBody === undefined || media === undefined) return [];
  return brokenBodies(contract, media.schema, joinPointer(requestBody.pointer, 'content', media.type, 'schema')).filter(
    ({ at, keyword }) => keyword !== 'maxItems' || !sized.includes(at),
  );
}

/** A constraint and one way to break it: plain data, so that it replays. */
interface Breaking {
  readonly at: string;
  readonly keyword: string;
  readonly edit: JsonEdit;
}

/** How many values at the boundary of each constraint are tried, and how many random ones of all. */
const TRIES: Readonly<Record<Depth, { readonly boundary: number; readonly random: number }>> = {
  smoke: { boundary: 0, random: 0 },
  standard: { boundary: 3, random: 15 },
  exhaustive: { boundary: 10, random: 200 },
};

/** About how many requests `tryBrokenInputs` sends. */
export function brokenInputRequests(contract: Contract, operation: Operation, part: InputPart, depth: Depth): number {
  const { boundary, random } = TRIES[depth];
  const constraints = constraintsOn(contract, operation, part);
  if (constraints.length === 0 || depth === 'smoke') return 0;
  const looks = operation.method === 'GET' ? 1 : 2;
  return (constraints.reduce((sum, each) => sum + Math.min(boundary, each.boundary.length), 0) + random) * looks;
}

/** Breaks each constraint on a part of the input alone: all must be refused as documented, and change nothing. */
export async function tryBrokenInputs(context: CheckContext, part: InputPart): Promise<void> {
  const { operation, contract, depth } = context;
  const constraints = constraintsOn(contract, operation, part);
  const { boundary, random } = TRIES[depth];
  const examples = constraints.flatMap((constraint) =>
    constraint.boundary
      .slice(0, boundary)
      .map((edit): Breaking => ({ at: constraint.at, keyword: constraint.keyword, edit })),
  );
  const values = await context.fixtures.valid(operation);
  const trial = refusalTrial(context, values);
  await context.property(
    fc.oneof(
      ...constraints.map(({ at, keyword, random: edits }) => edits.map((edit): Breaking => ({ at, keyword, edit }))),
    ),
    (breaking) => tryBreaking(context, part, constraints, values, trial, breaking),
    { runs: examples.length + random, examples },
  );
}

async function tryBreaking(
  context: CheckContext,
  part: InputPart,
  constraints: readonly BrokenInput[],
  values: RequestValues,
  trial: RefusalTrial,
  { at, keyword, edit }: Breaking,
): Promise<readonly Violation[]> {
  const { operation, contract } = context;
  const constraint = constraints.find((each) => each.at === at && each.keyword === keyword);
  if (constraint === undefined) return [];
  const because = `${part}${at === '' ? '' : ` ${at}`}: ${keyword}`;
  const expected = refusalFor(operation, isInvalid(part), because);
  const request = buildRequest(operation, brokenValues(context, part, values, at, edit));
  const { exchange, violations } = await trial.refused(request, expected);
  const evidence = contract.evidenceAt(constraint.pointer);
  context.reached(constraint.pointer);
  return violations.map((violation) => ({
    ...violation,
    ...(succeeded(exchange) ? { expected: `${violation.expected}: expected ${constraint.expected}` } : {}),
    evidence: weaker(violation.evidence, evidence),
  }));
}

function brokenValues(
  { contract, operation }: CheckContext,
  part: InputPart,
  values: RequestValues,
  at: string,
  edit: JsonEdit,
): RequestValues {
  if (part !== 'body') {
    const value = edit.kind === 'set' ? edit.value : '';
    return { ...values, [part]: { ...values[part], [at]: value } };
  }
  const media =
    operation.requestBody?.content.find(({ type }) => type.endsWith('json')) ?? operation.requestBody?.content[0];
  const schema: Schema = media?.schema ?? {};
  const body: Json = values.body ?? {};
  return { ...values, body: breakBody(contract, schema, body, edit) };
}
