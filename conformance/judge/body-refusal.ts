import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { listOr, objectOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { responseFor } from '../lookup/response-for.js';
import type { TargetResponse } from '../target/exchange.js';
import { isSuccess } from './status.js';

/** Properties that say whether a request succeeded. An `error` says so by being there. */
const OUTCOMES = ['status', 'result', 'code', 'statusCode', 'status_code', 'success', 'ok', 'error'] as const;

const FAILURE =
  /^(err(or)?|fail(ed|ure)?|refused|rejected|denied|forbidden|un(authoriz|authoris|authenticat)ed|not[ _-]?found|(access|permission)[ _-]?denied|bad[ _-]?request|invalid[ _-](argument|input|request|token))$/i;
const SUCCESS = /^(ok|okay|success|succeeded|successful)$/i;

/** Properties that explain a failure. */
const EXPLANATIONS: ReadonlySet<string> = new Set([
  ...['msg', 'message', 'error', 'errors', 'errorMessage', 'error_message', 'errmsg', 'reason', 'detail', 'details'],
  ...['description', 'error_description', 'hint'],
]);

/** Properties that error bodies have besides. */
const BESIDES: ReadonlySet<string> = new Set([
  ...['errorCode', 'error_code', 'errcode', 'type', 'title', 'instance', 'path', 'timestamp', 'time', 'version'],
  ...['requestId', 'request_id', 'traceId', 'trace_id'],
]);

/**
 * Whether the body of a success says plainly that the request was refused, as `{"status": "error", "msg": "Unauthorized",
 * "data": null}` does: a property for the outcome says so, another one explains it, and nothing else has content. A job
 * that has failed shows its id, and a state that the document lists beside others is one of what was read.
 */
export function refusesInBody(
  contract: Contract,
  operation: Operation | undefined,
  { status, json }: TargetResponse,
): boolean {
  if (!isSuccess(status) || !isObject(json)) return false;
  const outcome = failureIn(json);
  if (outcome === undefined || !isExplained(json)) return false;
  const isOutcome = (name: string): boolean => OUTCOMES.some((each) => each === name);
  const isApart = (name: string): boolean => isOutcome(name) || EXPLANATIONS.has(name) || BESIDES.has(name);
  const texts = Object.entries(json).flatMap(([name, value]) => (EXPLANATIONS.has(name) ? [value] : []));
  const isContent = (value: Json): boolean => !isEmpty(value) && !texts.includes(value);
  if (Object.entries(json).some(([name, value]) => !isApart(name) && isContent(value))) return false;
  return operation === undefined || !isListedState(contract, operation, status, outcome, json[outcome]);
}

/** The property that says that the request failed. */
function failureIn(json: JsonObject): (typeof OUTCOMES)[number] | undefined {
  return OUTCOMES.find((name) => Object.hasOwn(json, name) && saysFailure(name, json[name]));
}

/**
 * Whether the document lists what such a body says among the values of that status, in any of its forms: `UNAUTHORISED`,
 * where a 200 is one of `{status: OK, …}` and `{status: UNAUTHORISED, message}`.
 */
export function listsRefusal(contract: Contract, operation: Operation, { status, json }: TargetResponse): boolean {
  if (!isObject(json)) return false;
  const name = failureIn(json) ?? '';
  const schemas = (responseFor(operation, status)?.content ?? []).map(({ schema }) => schema);
  const forms = new Set(schemas.map((schema) => shapeOf(contract, schema)));
  for (const { oneOf, anyOf } of forms)
    for (const form of [...listOr(oneOf), ...listOr(anyOf)]) forms.add(shapeOf(contract, objectOr(form)));
  return [...forms].some((form) => {
    const { enum: values, const: only } = shapeOf(contract, propertiesOf(form)[name] ?? {});
    return [...listOr(values), only].some((value) => value !== undefined && value === json[name]);
  });
}

function saysFailure(name: string, value: Json | undefined): boolean {
  if (name === 'success' || name === 'ok') return value === false;
  if (name === 'error') return value === true || typeof value === 'string' ? value !== '' : !isEmpty(value);
  return typeof value === 'number' ? value >= 400 && value < 600 : typeof value === 'string' && FAILURE.test(value);
}

function isExplained(json: JsonObject): boolean {
  return Object.entries(json).some(
    ([name, value]) => EXPLANATIONS.has(name) && !isEmpty(value) && typeof value !== 'boolean',
  );
}

function isEmpty(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '';
}

/** Whether the document lists this value of a success among others than outcomes: `enum: [running, failed]`. */
function isListedState(
  contract: Contract,
  operation: Operation,
  status: number,
  name: string,
  value: Json | undefined,
): boolean {
  const content = responseFor(operation, status)?.content ?? [];
  return content.some(({ schema }) => {
    const property = propertiesOf(shapeOf(contract, schema))[name];
    const listed = property === undefined ? [] : listOr(shapeOf(contract, property).enum);
    const isOutcome = (each: unknown): boolean =>
      typeof each === 'string' && (FAILURE.test(each) || SUCCESS.test(each));
    return listed.some((each) => each === value) && !listed.every(isOutcome);
  });
}
