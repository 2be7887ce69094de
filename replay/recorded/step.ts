import { responseFor } from '../../conformance/lookup/response-for.js';
import type { Effect, Json, Operation, Problem } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { isObject } from '../../contract/pointer.js';
import type { Difference } from '../compare/difference.js';
import { undeclaredIn } from '../judge/declared.js';
import { withFormValues } from '../judge/form-values.js';
import type { SchemaView } from '../judge/schema-view.js';
import { formOf } from '../read/message.js';
import { type RecordedExchange, requestLine } from './recording.js';
import type { ReplayContract } from './replay-contract.js';
import type { RouteMatch } from './route-table.js';

/** A recorded exchange interpreted by the contract. */
export interface Step {
  readonly exchange: RecordedExchange;
  /** `POST /v1/shelves`, for messages. */
  readonly line: string;
  /** Absent: the contract has no such operation. */
  readonly match?: RouteMatch;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The parameters and properties of the request that the contract does not declare. */
  readonly undeclared: readonly string[];
  /** Violations of the contract; empty for an exchange outside it. */
  readonly violations: readonly Difference[];
  /** The problems that match the recorded refusal, the most likely first; empty for a success. */
  readonly problems: readonly Problem[];
  /** The schema view of the recorded answer's body. */
  readonly answer: SchemaView;
  /** Which body the recording lacks, if any. */
  readonly incomplete?: 'request' | 'response';
}

/** A step with an operation of the contract. */
export type RoutedStep = Step & { readonly match: RouteMatch };

export function readStep(known: ReplayContract, recorded: RecordedExchange): Step {
  const match = decodedOnceMore(
    known.routes.match(recorded.request.method, recorded.request.path),
    recorded.response.body,
  );
  const exchange = match === undefined ? recorded : { ...recorded, request: readRequest(known, match, recorded) };
  const { request, response } = exchange;
  const undeclared = match === undefined ? [] : undeclaredIn(known.views, match.operation, request);
  const documented = match === undefined ? undefined : responseFor(match.operation, response.status);
  return {
    ...withTexts(known, { exchange, match, query: formOf(request.query) }),
    line: requestLine(request),
    undeclared,
    violations: match === undefined || undeclared.length > 0 ? [] : known.conform.exchange(match, exchange),
    problems:
      documented === undefined || response.status < 400 ? [] : known.refusals.problemsOf(documented, response.body),
    answer: documented === undefined ? known.views.nothing : known.refusals.view(documented),
    ...(request.incomplete ? { incomplete: 'request' } : response.incomplete ? { incomplete: 'response' } : {}),
  };
}

/** The request by its operation: the values of a form, and whether a body that changed something is missing. */
function readRequest(known: ReplayContract, { operation }: RouteMatch, { request, response }: RecordedExchange) {
  const isLost = request.mayHaveHadBody === true && operation.requestBody !== undefined && response.status < 300;
  const read = withFormValues(known, operation, request);
  return isLost ? { ...read, incomplete: true } : read;
}

type Read = Pick<Step, 'exchange' | 'query'> & { readonly match: RouteMatch | undefined };

/** What was recorded, with texts for ids that are numbers. */
function withTexts(
  known: ReplayContract,
  { exchange, match, query }: Read,
): Pick<Step, 'exchange' | 'match' | 'query'> {
  if (match === undefined) return { exchange, query };
  if (known.ids.isEmpty) return { exchange, match, query };
  const { request, response } = exchange;
  const [sent, received] = [request.body, response.body];
  return {
    exchange: {
      ...exchange,
      request: {
        ...request,
        ...(sent === undefined ? {} : { body: known.ids.sent(match, sent) }),
      },
      response: {
        ...response,
        ...(received === undefined ? {} : { body: known.ids.received(match, response.status, received) }),
      },
    },
    match: known.ids.match(match),
    query: known.ids.query(match, query),
  };
}

/**
 * Some recorders encode paths that are already encoded: `https:%252F%252Fapi` for `https:%2F%2Fapi`. The answer shows
 * which value was meant.
 */
function decodedOnceMore(match: RouteMatch | undefined, body: Json | undefined): RouteMatch | undefined {
  if (match === undefined || !isObject(body)) return match;
  const texts = new Set(Object.values(body));
  const path = Object.entries(match.path).map(([name, value]): [string, string] => {
    const decoded = decodeSegment(value);
    return [name, decoded !== undefined && decoded !== value && texts.has(decoded) ? decoded : value];
  });
  return { operation: match.operation, path: Object.fromEntries(path) };
}

/** Whether the contract has the operation and declares everything that was sent. */
export function isInContract(step: Step): step is RoutedStep {
  return step.match !== undefined && step.undeclared.length === 0;
}

export function isRouted(step: Step): step is RoutedStep {
  return step.match !== undefined;
}

export function isSuccess({ exchange }: Step): boolean {
  return exchange.response.status >= 200 && exchange.response.status < 300;
}

/**
 * Whether the request took effect: it succeeded, or the answer has an undocumented status but contains the created item.
 */
export function tookEffect(step: RoutedStep, known: ReplayContract): boolean {
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

/** Whether the request changes the tenant. */
export function writes(step: Step): boolean {
  const kind = effectOf(step)?.kind;
  return kind !== undefined && WRITES.has(kind);
}

/** The value of the query parameter with this role. */
export function queryValue(
  step: RoutedStep,
  kind: NonNullable<Operation['parameters'][number]['query']>['kind'],
): string | undefined {
  const parameter = step.match.operation.parameters.find(({ query }) => query?.kind === kind);
  const value =
    parameter !== undefined && Object.hasOwn(step.query, parameter.name) ? step.query[parameter.name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
