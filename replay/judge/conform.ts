import {
  AnswerShapes,
  type ShapeFault,
  type ValidateSchema,
  WITHOUT_BODY,
} from '../../conformance/judge/answer-shape.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import type { Contract, Json, Operation, Parameter, Response } from '../../contract/contract.js';
import { charsetOf, mediaTypeMatches } from '../../contract/http/media-type.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { isObject } from '../../contract/pointer.js';
import { type Difference, difference } from '../compare/difference.js';
import { formOf } from '../read/message.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse } from '../recorded/recording.js';
import type { RouteMatch } from '../recorded/route-table.js';
import { partName, partOf, type Refusals } from './problem-of.js';
import { schemaDifferences } from './recorded-validator.js';
import { isRedacted } from './redacted.js';

/** Integers with more digits than a JSON number keeps. */
const LARGE = /^-?[1-9]\d{15,}$/;

/** Why a value is expected that violates the contract. */
export const REQUIRED = 'required by the contract';
export const UNDOCUMENTED = 'the contract documents no other';

/** Reasons for which `expected` says in words what a value must be like. */
export const SAID_IN_WORDS: ReadonlySet<string> = new Set([REQUIRED, UNDOCUMENTED]);

export interface JudgeOptions {
  readonly validateSent: ValidateSchema;
  readonly validateAnswered: ValidateSchema;
  readonly refusals: Refusals;
  /** The contract says itself what is stored; of others, an answer may have a body that is not described. */
  readonly isStated: boolean;
}

/** Judges recorded exchanges and answers of the target by the contract; see `AnswerShapes` for the shape of answers. */
export class ConformJudge {
  readonly #contract: Contract;
  readonly #validateSent: ValidateSchema;
  readonly #refusals: Refusals;
  readonly #shapes: AnswerShapes;
  readonly #isStated: boolean;

  constructor(contract: Contract, { validateSent, validateAnswered, refusals, isStated }: JudgeOptions) {
    this.#contract = contract;
    this.#validateSent = validateSent;
    this.#refusals = refusals;
    this.#isStated = isStated;
    this.#shapes = new AnswerShapes(contract, validateAnswered);
  }

  /**
   * The violations of an exchange; empty if it conforms. Of a refused request only the answer is judged: the request may
   * be invalid on purpose.
   */
  exchange({ operation, path }: RouteMatch, { request, response }: RecordedExchange): readonly Difference[] {
    const sent = response.status < 300 ? this.request({ operation, path }, request) : [];
    return [...sent, ...this.response(operation, response)];
  }

  /** The violations of an answer alone. */
  response(operation: Operation, answer: RecordedResponse): readonly Difference[] {
    const documented = responseFor(operation, answer.status);
    if (documented === undefined) {
      const statuses = operation.responses.map(({ status }) => status).join(', ');
      return [difference('status', `one of ${statuses}`, answer.status, UNDOCUMENTED)];
    }
    return [...this.#shapeViolations(documented, answer), ...this.#codeViolations(documented, answer)];
  }

  #shapeViolations(documented: Response, answer: RecordedResponse): readonly Difference[] {
    const { headers, contentType = 'unknown', body, status } = answer;
    const type = headers?.['content-type'];
    const shape = {
      ...(headers === undefined ? {} : { headers }),
      contentType,
      charset: type === undefined ? undefined : charsetOf(type),
      hasBody: body !== undefined && body !== '',
      json: body,
      ...(typeof body === 'string' && { text: body }),
    };
    const isStripped = status >= 400 && this.#refusals.isStripped(this.#refusals.view(documented), body);
    const faults =
      isStripped || answer.incomplete === true
        ? this.#shapes.headerFaults(documented, shape)
        : this.#shapes.faults(documented, shape);
    const isDescribed = this.#isStated || WITHOUT_BODY.has(String(status));
    return faults
      .filter(({ kind }) => kind !== 'unexpected-body' || isDescribed)
      .flatMap((fault) => faultDifferences(fault, answer));
  }

  /** Violations of the errorCode and of the status repeated in the body of a refusal. */
  #codeViolations(documented: Response, { body, status, incomplete }: RecordedResponse): readonly Difference[] {
    const refusals = this.#refusals;
    const view = refusals.view(documented);
    const name = partName(view, 'error-code');
    if (status < 400 || documented.problems.length === 0 || name === undefined) return [];
    if (incomplete === true || refusals.isStripped(view, body)) return [];
    const statusName = partName(view, 'status');
    const repeated = statusName !== undefined && isObject(body) ? body[statusName] : undefined;
    if (repeated !== undefined && repeated !== status) {
      return [difference(`body/${statusName}`, status, repeated, 'must equal the status')];
    }
    const code = partOf(view, body, 'error-code');
    const allowed = refusals.codesOf(documented, body);
    if (allowed === undefined || allowed.has(code)) return [];
    const codes = [...allowed].map((each) => each ?? 'none').join(' or ');
    return [difference(`body/${name}`, codes, code, 'no other is documented for this status')];
  }

  /** The violations of a request alone: of its parameters and its body. */
  request({ operation, path }: RouteMatch, sent: RecordedRequest): readonly Difference[] {
    const query = formOf(sent.query);
    const parameters = operation.parameters.flatMap((parameter) => {
      const { name } = parameter;
      if (parameter.in === 'path') return this.#parameterViolations(parameter, path[name]);
      if (parameter.in !== 'query') return [];
      return this.#parameterViolations(parameter, Object.hasOwn(query, name) ? query[name] : undefined);
    });
    return [...parameters, ...this.#requestBodyViolations(operation, sent)];
  }

  #parameterViolations(parameter: Parameter, text: string | readonly string[] | undefined): readonly Difference[] {
    const place = `${parameter.in} ${parameter.name}`;
    if (text === undefined) return parameter.required ? [difference(place, 'a value', undefined, REQUIRED)] : [];
    const texts = typeof text === 'string' ? [text] : text;
    if (texts.some(isRedacted)) return [];
    const value = valueOfText(this.#contract, parameter.schema, texts);
    const found = this.#schemaViolations(parameter.schema, value, place);
    // Another integer as a JSON number, and still one.
    return found.length > 0 && typeof value === 'string' && LARGE.test(value)
      ? this.#schemaViolations(parameter.schema, Number(value), place)
      : found;
  }

  #requestBodyViolations({ requestBody }: Operation, request: RecordedRequest): readonly Difference[] {
    const { body, contentType, incomplete } = request;
    if (incomplete === true) return [];
    if (body === undefined) {
      const isMissing = requestBody?.required === true;
      return isMissing ? [difference('request body', 'a body', undefined, REQUIRED)] : [];
    }
    const content = requestBody?.content ?? [];
    const named = content.find(({ type }) => contentType !== undefined && mediaTypeMatches(type, contentType));
    if (named === undefined && contentType !== undefined && content.length > 0) {
      const types = content.map(({ type }) => type).join(' or ');
      return [difference('request content type', types, contentType, REQUIRED)];
    }
    const media = named ?? content.find(({ type }) => type.endsWith('json')) ?? content[0];
    return media === undefined ? [] : this.#schemaViolations(media.schema, body, 'request body');
  }

  #schemaViolations(schema: Parameter['schema'], value: Json, place: string): readonly Difference[] {
    return schemaDifferences(this.#validateSent(schema, value), value, place);
  }
}

function faultDifferences(fault: ShapeFault, { body, contentType, status }: RecordedResponse): readonly Difference[] {
  switch (fault.kind) {
    case 'unexpected-body':
      return [difference('body', undefined, body, `${status} has no body`)];
    case 'content-type':
      return [difference('content type', fault.expected.join(' or '), contentType, REQUIRED)];
    case 'charset':
      return [difference('charset', 'utf-8', fault.charset, 'JSON is UTF-8')];
    case 'not-json':
      return [difference('body', `a ${fault.type} body`, undefined, REQUIRED)];
    case 'body':
      return schemaDifferences(fault.errors, body ?? null, 'body');
    case 'header-missing':
      return [difference(`header ${fault.header.name}`, 'a value', undefined, REQUIRED)];
    case 'header':
      return schemaDifferences(fault.errors, fault.value, `header ${fault.header.name}`);
  }
}
