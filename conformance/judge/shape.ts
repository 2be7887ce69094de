import type { Contract, Evidence, Response, ResponseHeader, Schema } from '../../contract/contract.js';
import { valueOfHeader } from '../../contract/http/header-value.js';
import { bareMediaType, charsetOf } from '../../contract/http/media-type.js';
import { isNestedTooDeep, MOST_NESTED } from '../../contract/load/json-text.js';
import { joinPointer } from '../../contract/pointer.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { UNIONS } from '../../contract/schema/form-validators.js';
import { type SchemaError, SchemaValidator } from '../../contract/schema/schema-validator.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { AnswerShapes, type ShapeFault, WITHOUT_BODY } from './answer-shape.js';
import { excerpt } from './safety.js';
import { wrappedBody } from './wrapped-body.js';

/** Clients that obey another charset garble texts; those that do not are right. */
const JSON_IS_UTF8: Evidence = { grade: 'documented', source: 'RFC 8259, section 8.1: JSON is UTF-8' };

/** Some documents have schemas whose parts contradict each other: no server can keep them. */
const UNSATISFIABLE: Evidence = { grade: 'unknown', source: 'found no value that fits the schema' };

/** Some frameworks repeat in their refusal what a request sent. */
const REPEATED: Evidence = { grade: 'unknown', source: 'the request is nested as deep' };

/** Several frameworks document a header with the schema of its JSON. */
const HEADER_AS_JSON: Evidence = { grade: 'inferred', source: 'the value is JSON that fits the schema of the header' };

/** OpenAPI need not describe a body. */
const NOT_DESCRIBED: Evidence = { grade: 'unknown', source: 'the contract describes no body' };

/** Judges content type, headers and body of a response by the documented response of its status. */
export class ShapeJudge {
  readonly #contract: Contract;
  readonly #shapes: AnswerShapes;
  readonly #validator: SchemaValidator;
  /** Says all that is wrong with a value. */
  readonly #explainer: SchemaValidator;

  constructor(contract: Contract) {
    this.#explainer = SchemaValidator.of(contract, { allErrors: true, direction: 'answer' });
    this.#validator = SchemaValidator.of(contract, { allErrors: false, direction: 'answer' });
    this.#contract = contract;
    this.#shapes = new AnswerShapes(contract, (schema, value) => this.#validator.compile(schema)(value));
  }

  judge(exchange: Exchange, documented: Response): readonly Violation[] {
    const { request, response } = exchange;
    const type = response.headers['content-type'];
    const answer = {
      headers: response.headers,
      contentType: type === undefined ? undefined : bareMediaType(type),
      charset: type === undefined ? undefined : charsetOf(type),
      hasBody: response.text !== '',
      json: response.isCut === true ? undefined : response.json,
      text: response.text,
    };
    const hasBodyToJudge = request.method !== 'HEAD' || documented.content.length === 0;
    const faults = hasBodyToJudge
      ? this.#shapes.faults(documented, answer)
      : this.#shapes.headerFaults(documented, answer);
    const isOfBody = ({ kind }: ShapeFault) => kind === 'body';
    const wrapped = hasBodyToJudge
      ? wrappedBody(this.#contract, documented, response.json, !faults.some(isOfBody))
      : undefined;
    const others = wrapped === undefined ? faults : faults.filter((fault) => !isOfBody(fault));
    const violations = others.map((fault) => ({ ...this.#describe(fault, exchange, documented), exchange }));
    if (wrapped === undefined) return violations;
    return [...violations, { ...wrapped, actual: `${response.status} ${excerpt(response.text)}`, exchange }];
  }

  /** Whether a value is found that fits a schema. */
  #isSatisfiable(schema: Schema): boolean {
    const value = sampleValue(this.#contract, schema, { direction: 'answer' });
    return this.#validator.compile(schema)(value).length === 0;
  }

  /** Whether a header has a list or an object as JSON. */
  #fitsAsJson(header: ResponseHeader, text = ''): boolean {
    const value = valueOfHeader(this.#contract, { ...header, json: true }, text);
    return typeof value === 'object' && this.#validator.fits(header.schema, value);
  }

  #bodyTexts({ schema, errors }: ShapeFault & { readonly kind: 'body' }): Pick<Violation, 'cause' | 'expected'> {
    const error = errors.at(-1);
    const demands = UNIONS.has(error?.keyword) && error ? formTexts(this.#explainer.demandsOf(schema, error)) : '';
    return { cause: bodyCause(error), expected: [demandOf(error), demands].filter((text) => text !== '').join(': ') };
  }

  #describe(fault: ShapeFault, exchange: Exchange, documented: Response): Omit<Violation, 'exchange'> {
    const { response } = exchange;
    const { evidence } = documented;
    const body = response.text === '' ? 'an empty body' : excerpt(response.text);
    const headerEvidence = (name: string) =>
      this.#contract.evidenceAt(joinPointer(documented.pointer, 'headers', name));
    switch (fault.kind) {
      case 'unexpected-body': {
        const expected = `${documented.status} without a body`;
        return {
          code: 'UNEXPECTED_BODY',
          cause: 'unexpected response body',
          expected,
          actual: `a body: ${body}`,
          evidence: WITHOUT_BODY.has(String(response.status)) ? evidence : NOT_DESCRIBED,
        };
      }
      case 'content-type': {
        const type = response.headers['content-type'];
        const received = type === undefined ? 'no Content-Type' : `Content-Type ${bareMediaType(type)}`;
        const expected = `Content-Type ${fault.expected.join(' or ')}`;
        const actual = `${response.status} with ${received}: ${body}`;
        return { code: 'CONTENT_TYPE', cause: 'content type', expected, actual, evidence };
      }
      case 'charset': {
        const expected = `Content-Type ${fault.type}, in UTF-8`;
        const actual = `Content-Type ${response.headers['content-type']}`;
        return { code: 'CONTENT_TYPE', cause: 'charset of the content type', expected, actual, evidence: JSON_IS_UTF8 };
      }
      case 'not-json':
        return { code: 'NOT_JSON', ...notJsonTexts(exchange, evidence), actual: body };
      case 'body': {
        const actual = `${response.status} ${excerpt(response.text)}`;
        const known = this.#isSatisfiable(fault.schema) ? evidence : UNSATISFIABLE;
        return { code: 'BODY_SCHEMA', ...this.#bodyTexts(fault), actual, evidence: known };
      }
      case 'header-missing': {
        const { name } = fault.header;
        const texts = { cause: `header ${name}: missing`, expected: `a header ${name}`, actual: 'none' };
        return { code: 'HEADER', ...texts, evidence: headerEvidence(name) };
      }
      case 'header': {
        const { name } = fault.header;
        if (this.#fitsAsJson(fault.header, response.headers[name])) return jsonHeader(name, response.headers[name]);
        const wanted = fault.errors[0]?.message ?? 'matches its schema';
        const isObject = wanted === 'must be object';
        const expected = isObject
          ? `${name} with an object as headers have it: name,value,name,value`
          : `${name} that ${wanted}`;
        const texts = { cause: `header ${name}: value`, expected, actual: `${name}: ${response.headers[name]}` };
        return { code: 'HEADER', ...texts, evidence: headerEvidence(name) };
      }
    }
  }
}

/** The value is what the document means, in another form than it says. */
function jsonHeader(name: string, text = ''): Omit<Violation, 'exchange'> {
  return {
    code: 'HEADER',
    cause: `header ${name}: JSON, which the document does not say`,
    expected: `${name} in the style of headers, name,value,name,value; the document says JSON with "content": {"application/json": …} instead of "schema"`,
    actual: `${name}: ${text}`,
    evidence: HEADER_AS_JSON,
  };
}

function bodyCause({ instancePath = '', keyword = '', params = {} }: Partial<SchemaError> = {}): string {
  const detail = Object.values(params).map(String).join(', ');
  // The index of a list entry varies from response to response; the property does not.
  const pointer = instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
  return `body${pointer === '' ? '' : ' '}${pointer}: ${keyword} ${detail}`.trimEnd();
}

function demandOf({ instancePath = '', message = 'matches its schema', params }: Partial<SchemaError> = {}): string {
  const undeclared = params?.additionalProperty ?? params?.unevaluatedProperty;
  const demand =
    typeof undeclared === 'string' ? `must not have ${JSON.stringify(undeclared)}: it is not declared` : message;
  return `${instancePath === '' ? 'the body' : instancePath} ${demand}`;
}

/** More would make the line too long to read. */
const MOST_DEMANDS = 3;

/** What the form demands that the value is meant for, or each of several. */
function formTexts(forms: readonly (readonly SchemaError[])[]): string {
  const [only, ...others] = forms.map((errors) => errors.filter(({ keyword }) => !UNIONS.has(keyword)).map(demandOf));
  if (others.length === 0) return (only ?? []).slice(0, MOST_DEMANDS).join(', and ');
  const texts = [...new Set([only, ...others].flatMap((demands = []) => demands.slice(0, 1)))];
  return [...texts.slice(0, MOST_DEMANDS), ...(texts.length > MOST_DEMANDS ? ['other forms'] : [])].join(', or ');
}

/** JSON that is nested too deep is not read: code that walks it may recurse. */
function notJsonTexts(
  { request, response }: Exchange,
  evidence: Evidence,
): Pick<Violation, 'cause' | 'expected' | 'evidence'> {
  if (!isNestedTooDeep(response.text)) return { cause: 'body is not JSON', expected: 'a JSON body', evidence };
  const expected = `a JSON body of at most ${MOST_NESTED} levels`;
  const isRepeated = request.body !== undefined && isNestedTooDeep(request.body);
  return { cause: 'body is nested too deep', expected, evidence: isRepeated ? REPEATED : evidence };
}
