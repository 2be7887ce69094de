import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import { weaker } from '../../contract/evidence.js';
import { FORM, isJson } from '../../contract/http/media-type.js';
import { sameRequest } from '../../contract/http/same-request.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { joinPointer } from '../../contract/pointer.js';
import { breakBody } from '../arbitraries/break-body.js';
import { type BrokenInput, brokenBodies, brokenForms, brokenParameters } from '../arbitraries/broken-input.js';
import { filterOr } from '../arbitraries/filter-or.js';
import { editJson, type JsonEdit } from '../arbitraries/json-edit.js';
import type { CheckContext, Depth } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { LARGEST_LIST, listLimits } from '../lookup/list-limit.js';
import { choosesItem, mayMeanAny } from '../lookup/resource-operations.js';
import { secretPointersOfOthers } from '../lookup/secret-places.js';
import { succeeded } from '../target/exchange.js';
import { buildRequest, type RequestValues } from '../target/request.js';
import { bodyMedia, writtenMedia } from '../target/request-body.js';
import { isInvalid, refusalFor } from './expected-refusal.js';
import { type RefusalTrial, refusalTrial } from './refusal-trial.js';

export type InputPart = 'path' | 'query' | 'body';

/** Cached: they are asked for when a check is planned, estimated and run, and take a while to compute. */
const knownConstraints = new WeakMap<Operation, Map<InputPart, readonly BrokenInput[]>>();

/** Every constraint on one part of an operation's input. */
export function constraintsOn(contract: Contract, operation: Operation, part: InputPart): readonly BrokenInput[] {
  const parts = knownConstraints.get(operation) ?? new Map<InputPart, readonly BrokenInput[]>();
  const constraints = parts.get(part) ?? findConstraints(contract, operation, part);
  knownConstraints.set(operation, parts.set(part, constraints));
  return constraints;
}

function findConstraints(contract: Contract, operation: Operation, part: InputPart): readonly BrokenInput[] {
  // What is invalid for one operation may be valid for another that the same request may be meant for.
  if (sameRequest(contract, operation).length > 1) return [];
  if (part !== 'body') {
    // A parameter that allows one value may name the only tenant to use.
    const parameters = operation.parameters.filter(({ in: place, only }) => place === part && only === undefined);
    return brokenParameters(contract, parameters, operation.route);
  }
  const { requestBody } = operation;
  const media = writtenMedia(operation);
  if (requestBody === undefined || media === undefined) return [];
  // The size-limits check tries the length of lists of subjects, with subjects that exist.
  const sized = listLimits(operation, contract)
    .filter(({ max }) => max <= LARGEST_LIST)
    .map(({ list }) => list);
  const pointer = joinPointer(requestBody.pointer, 'content', media.type, 'schema');
  if (media.type === FORM) return brokenForms(contract, media.schema, pointer);
  // A part or an element cannot have a wrong type, and a server may not read other types at all.
  if (!isJson(media.type) && !/^(\*|application)\/\*$/.test(media.type)) return [];
  const hidden = [hiddenKey(operation, contract), ...secretPointersOfOthers(contract, operation)];
  // Some servers read null, or a list, as an object without properties.
  const isWhole = mayMeanAny(operation, contract) && fitsRequest(contract, media.schema, {});
  const broken = brokenBodies(contract, media.schema, pointer);
  const sent = choosesItem(operation, contract) ? broken.flatMap(stillChoosing) : broken;
  return sent.filter(
    ({ at, keyword }) =>
      !hidden.includes(at) &&
      (keyword !== 'maxItems' || !sized.includes(at)) &&
      !(isWhole && at === '' && keyword === 'type'),
  );
}

/** The ways to break an input that leave what is chosen in the body: no choice may mean any item. */
function stillChoosing(input: BrokenInput): readonly BrokenInput[] {
  const [first, ...others] = input.boundary.filter(chooses);
  if (first === undefined || input.keyword === 'required') return [];
  const random = filterOr(input.random, chooses, () => fc.constantFrom(first, ...others));
  return [{ ...input, boundary: [first, ...others], random }];
}

function chooses(edit: JsonEdit): boolean {
  if (edit.kind !== 'set') return false;
  const { value } = edit;
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value !== null && value !== '' && !isEmpty;
}

/** Where an update gives an item another key that no answer shows: a server that takes it would hide the item. */
function hiddenKey({ effect, responses }: Operation, { resources }: Contract): string | undefined {
  if (effect?.kind !== 'update' || effect.on !== 'resource') return undefined;
  const isShown = responses.some(({ status, content }) => /^(2|default)/i.test(status) && content.length > 0);
  const { key } = resources.get(effect.target) ?? {};
  return isShown || key === undefined ? undefined : joinPointer('', ...[effect.within ?? []].flat(), key);
}

/** A constraint and one way to break it: plain data, so that it replays. */
interface Breaking {
  readonly at: string;
  readonly keyword: string;
  readonly edit: JsonEdit;
}

/** How many boundary values of each constraint are tried, and how many random values in all. */
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
  const perValue = operation.method === 'GET' ? 1 : 2;
  return (constraints.reduce((sum, each) => sum + Math.min(boundary, each.boundary.length), 0) + random) * perValue;
}

/** Breaks one constraint at a time: every request must be refused as documented and change nothing. */
export async function tryBrokenInputs(context: CheckContext, part: InputPart): Promise<void> {
  const { operation, contract, depth } = context;
  const constraints = constraintsOn(contract, operation, part);
  const { boundary, random } = TRIES[depth];
  const examples = constraints.flatMap(({ at, keyword, boundary: edits }) =>
    edits.slice(0, boundary).map((edit): Breaking => ({ at, keyword, edit })),
  );
  const values = await context.fixtures.valid(operation);
  const trial = new BrokenInputTrial(context, { part, constraints, values });
  await context.property(
    fc.oneof(
      ...constraints.map(({ at, keyword, random: edits }) => edits.map((edit): Breaking => ({ at, keyword, edit }))),
    ),
    (breaking) => trial.try(breaking),
    { runs: examples.length + random, examples },
  );
}

interface BrokenInputs {
  readonly part: InputPart;
  readonly constraints: readonly BrokenInput[];
  /** Values of a valid request. */
  readonly values: RequestValues;
}

class BrokenInputTrial {
  readonly #context: CheckContext;
  readonly #inputs: BrokenInputs;
  readonly #trial: RefusalTrial;

  constructor(context: CheckContext, inputs: BrokenInputs) {
    this.#context = context;
    this.#inputs = inputs;
    this.#trial = refusalTrial(context, inputs.values);
  }

  async try({ at, keyword, edit }: Breaking): Promise<readonly Violation[]> {
    const { part, constraints } = this.#inputs;
    const { operation, contract } = this.#context;
    const same = constraints.filter((each) => each.at === at && each.keyword === keyword);
    // Of several required properties, the one that is missing.
    const isOwn = ({ boundary }: BrokenInput): boolean => boundary.some((each) => isDeepStrictEqual(each, edit));
    const constraint = same.find(isOwn) ?? same[0];
    if (constraint === undefined) return [];
    const because = `${part}${at === '' ? '' : ` ${at}`} violates ${keyword}`;
    const expected = refusalFor(operation, isInvalid(part), because);
    const broken = this.#brokenValues(at, edit);
    if (this.#isStillValid(at, broken)) return [];
    const request = buildRequest(operation, broken);
    const { exchange, violations } = await this.#trial.refused(request, expected);
    const evidence = contract.evidenceAt(constraint.pointer);
    this.#context.reached(constraint.pointer);
    return violations.map((violation) => ({
      ...violation,
      ...(succeeded(exchange) ? { expected: `${violation.expected}: expected ${constraint.expected}` } : {}),
      evidence: weaker(violation.evidence, evidence),
    }));
  }

  /** Whether a value fits after all: keywords around the violated one may allow it. */
  #isStillValid(at: string, values: RequestValues): boolean {
    const { part } = this.#inputs;
    const { contract, operation } = this.#context;
    if (part === 'body') {
      const { type = '', schema = {} } = bodyMedia(operation) ?? {};
      return isJson(type) && values.body !== undefined && fitsRequest(contract, schema, values.body);
    }
    const parameter = operation.parameters.find((each) => each.in === part && each.name === at);
    const value = values[part][at];
    if (parameter === undefined || value === undefined || typeof value === 'object') return false;
    return fitsRequest(contract, parameter.schema, valueOfText(contract, parameter.schema, [String(value)]));
  }

  #brokenValues(at: string, edit: JsonEdit): RequestValues {
    const { part, values } = this.#inputs;
    const { contract, operation, fixtures } = this.#context;
    if (part !== 'body') {
      const value = edit.kind === 'set' ? edit.value : '';
      return { ...values, [part]: { ...values[part], [at]: value } };
    }
    const body: Json = values.body ?? {};
    const broken = breakBody(contract, bodyMedia(operation)?.schema ?? {}, body, edit);
    // Breaking it may have added items.
    const carrying = fixtures.carrying(operation, broken);
    return { ...values, body: edit.kind === 'set' ? editJson(carrying, edit) : carrying };
  }
}
