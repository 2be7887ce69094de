import { responseFor } from '../../conformance/lookup/response-for.js';
import type { Effect, Operation, Problem } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Difference } from '../compare/difference.js';
import { undeclaredIn } from '../judge/declared.js';
import type { SchemaView } from '../judge/schema-view.js';
import { formOf } from '../read/message.js';
import { type RecordedExchange, requestLine } from './recording.js';
import type { ReplayContract } from './replay-contract.js';
import type { RouteMatch } from './route-table.js';

/** A recorded exchange as the contract understands it. */
export interface Step {
  readonly exchange: RecordedExchange;
  /** `POST /api/v2/roles`, for people. */
  readonly line: string;
  /** Absent: the contract has no such operation. */
  readonly match?: RouteMatch;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** What the request says that the contract does not declare. */
  readonly undeclared: readonly string[];
  /** Where it does not keep the contract; empty for an exchange outside it. */
  readonly violations: readonly Difference[];
  /** What the recorded refusal may be, the likeliest first; empty for a success. */
  readonly problems: readonly Problem[];
  /** What the contract says of the recorded answer's body. */
  readonly answer: SchemaView;
}

/** A step whose operation is known. */
export type KnownStep = Step & { readonly match: RouteMatch };

export function readStep(known: ReplayContract, exchange: RecordedExchange): Step {
  const { request, response } = exchange;
  const match = known.routes.match(request.method, request.path);
  const undeclared = match === undefined ? [] : undeclaredIn(known.views, match.operation, request);
  const documented = match === undefined ? undefined : responseFor(match.operation, response.status);
  return {
    exchange,
    line: requestLine(request),
    ...(match === undefined ? {} : { match }),
    query: formOf(request.query),
    undeclared,
    violations: match === undefined || undeclared.length > 0 ? [] : known.conform.exchange(match, exchange),
    problems:
      documented === undefined || response.status < 400 ? [] : known.refusals.problemsOf(documented, response.body),
    answer: documented === undefined ? known.views.nothing : known.refusals.view(documented),
  };
}

/** The contract has the operation, and declares all that was sent. */
export function isInContract(step: Step): step is KnownStep {
  return step.match !== undefined && step.undeclared.length === 0;
}

export function isKnown(step: Step): step is KnownStep {
  return step.match !== undefined;
}

export function isSuccess({ exchange }: Step): boolean {
  return exchange.response.status >= 200 && exchange.response.status < 300;
}

/**
 * Whether it did what it does: by its status, or, where that cannot be, because the answer shows the thing that was
 * made.
 */
export function tookEffect(step: KnownStep, known: ReplayContract): boolean {
  if (isSuccess(step)) return true;
  const effect = effectOf(step);
  const key = effect?.kind === 'create' ? known.contract.resources.get(effect.target)?.key : undefined;
  const { body } = step.exchange.response;
  return key !== undefined && isObject(body) && typeof body[key] === 'string';
}

export function effectOf({ match }: Step): Effect | undefined {
  return match?.operation.effect;
}

const WRITES: ReadonlySet<Effect['kind']> = new Set(['create', 'update', 'delete', 'add', 'remove']);

/** What it does to the tenant, as far as the contract tells. */
export function writes(step: Step): boolean {
  const kind = effectOf(step)?.kind;
  return kind !== undefined && WRITES.has(kind);
}

/** The value of the query parameter that plays this part in a listing. */
export function queryValue(
  step: KnownStep,
  kind: NonNullable<Operation['parameters'][number]['query']>['kind'],
): string | undefined {
  const parameter = step.match.operation.parameters.find(({ query }) => query?.kind === kind);
  const value =
    parameter !== undefined && Object.hasOwn(step.query, parameter.name) ? step.query[parameter.name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
