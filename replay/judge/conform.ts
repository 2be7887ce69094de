import { responseFor } from '../../conformance/lookup/response-for.js';
import type { Contract, Json, Operation, Parameter, Response, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type Difference, difference } from '../compare/difference.js';
import { formOf } from '../read/message.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse } from '../recorded/recording.js';
import type { RouteMatch } from '../recorded/route-table.js';
import type { BodyValidator } from './body-validator.js';
import { partName, partOf, type Refusals } from './problem-of.js';
import { isRedacted } from './redacted.js';

const SAYS = 'the contract says so';

/** Says where an exchange does not keep the contract: is its answer documented, and is everything in it as it should be? */
export interface ConformJudge {
  /** Empty: it conforms. Of a refused request only the answer is judged: that it was wrong is why it was refused. */
  exchange(match: RouteMatch, exchange: RecordedExchange): readonly Difference[];
  /** The same of an answer alone. */
  response(operation: Operation, response: RecordedResponse): readonly Difference[];
}

export function conformJudge(contract: Contract, validate: BodyValidator, refused: Refusals): ConformJudge {
  const response = (operation: Operation, answer: RecordedResponse): readonly Difference[] => {
    const documented = responseFor(operation, answer.status);
    if (documented === undefined) {
      const statuses = operation.responses.map(({ status }) => status).join(', ');
      return [difference('status', `one of ${statuses}`, answer.status, 'the contract has no other')];
    }
    return [...judgeHeaders(documented, answer), ...judgeBody(documented, answer), ...judgeCode(documented, answer)];
  };

  const judgeHeaders = (documented: Response, { headers }: RecordedResponse): readonly Difference[] => {
    if (headers === undefined) return [];
    return documented.headers.flatMap((header) => {
      const value = headers[header.name];
      const place = `header ${header.name}`;
      if (value === undefined) return header.required ? [difference(place, 'a value', undefined, SAYS)] : [];
      return validate(header.schema, coerced(contract.resolve(header.schema), value), place);
    });
  };

  const judgeBody = (documented: Response, answer: RecordedResponse): readonly Difference[] => {
    const { body, contentType, status } = answer;
    if (documented.content.length === 0) {
      return body === undefined || body === '' ? [] : [difference('body', undefined, body, `${status} has no body`)];
    }
    if (status >= 400 && refused.isStripped(refused.view(documented), body)) return [];
    const media = documented.content.find(({ type }) => contentType === undefined || mediaFits(type, contentType));
    if (media === undefined) {
      const types = documented.content.map(({ type }) => type).join(' or ');
      return [difference('content type', types, contentType, SAYS)];
    }
    if (body === undefined) return [difference('body', `a ${media.type} body`, undefined, SAYS)];
    return media.type.includes('json') ? validate(media.schema, body, 'body') : [];
  };

  const judgeCode = (documented: Response, { body, status }: RecordedResponse): readonly Difference[] => {
    const { problems } = documented;
    const view = refused.view(documented);
    const name = partName(view, 'error-code');
    if (status < 400 || problems.length === 0 || name === undefined || refused.isStripped(view, body)) return [];
    const statusName = partName(view, 'status');
    const told = statusName !== undefined && isObject(body) ? body[statusName] : undefined;
    if (told !== undefined && told !== status) {
      return [difference(`body/${statusName}`, status, told, 'it is the status again')];
    }
    const code = partOf(view, body, 'error-code');
    const allowed = refused.codesOf(documented, body);
    if (allowed === undefined || allowed.has(code)) return [];
    const codes = [...allowed].map((each) => each ?? 'none').join(' or ');
    return [difference(`body/${name}`, codes, code, 'no other is documented for this status')];
  };

  const request = (match: RouteMatch, sent: RecordedRequest): readonly Difference[] => {
    const { operation } = match;
    const query = formOf(sent.query);
    const parameters = operation.parameters.flatMap((parameter) =>
      parameter.in === 'path'
        ? judgeParameter(parameter, match.path[parameter.name])
        : parameter.in === 'query'
          ? judgeParameter(parameter, Object.hasOwn(query, parameter.name) ? query[parameter.name] : undefined)
          : [],
    );
    const content = operation.requestBody?.content ?? [];
    const media =
      content.find(({ type }) => sent.contentType !== undefined && mediaFits(type, sent.contentType)) ??
      content.find(({ type }) => type.endsWith('json')) ??
      content[0];
    if (sent.body === undefined) {
      const missing = operation.requestBody?.required === true;
      return missing ? [...parameters, difference('request body', 'a body', undefined, SAYS)] : parameters;
    }
    return media === undefined ? parameters : [...parameters, ...validate(media.schema, sent.body, 'request body')];
  };

  const judgeParameter = (
    parameter: Parameter,
    value: string | readonly string[] | undefined,
  ): readonly Difference[] => {
    const place = `${parameter.in} ${parameter.name}`;
    if (value === undefined) return parameter.required ? [difference(place, 'a value', undefined, SAYS)] : [];
    if (isRedacted(value)) return [];
    return validate(parameter.schema, coerced(contract.resolve(parameter.schema), value), place);
  };

  return {
    exchange: (match, exchange) => [
      ...(exchange.response.status < 300 ? request(match, exchange.request) : []),
      ...response(match.operation, exchange.response),
    ],
    response,
  };
}

function mediaFits(type: string, actual: string): boolean {
  return type === actual || type === '*/*' || (type.endsWith('/*') && actual.startsWith(type.slice(0, -1)));
}

/** Text of a URL or a header as its schema means it. */
function coerced(schema: Schema, value: string | readonly string[]): Json {
  const types: readonly Json[] = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'string'];
  if (typeof value !== 'string') return value;
  if (types.includes('array')) return [value];
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (types.includes('boolean') && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
