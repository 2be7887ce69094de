import type { Contract, Evidence, Json, MediaType, Response, ResponseHeader, Schema } from '../../contract/contract.js';
import { type SchemaError, SchemaValidator } from '../../contract/schema-validator.js';
import type { Violation } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import { excerpt } from './safety.js';

/** Judges content type, headers and body of a response by the documented response of its status. */
export class ShapeJudge {
  readonly #contract: Contract;
  readonly #validator: SchemaValidator;

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#validator = new SchemaValidator(contract, { allErrors: false });
  }

  judge(exchange: Exchange, documented: Response): readonly Violation[] {
    return [
      ...documented.headers.flatMap((header) => this.#judgeHeader(exchange, documented, header)),
      ...this.#judgeBody(exchange, documented),
    ];
  }

  #judgeBody(exchange: Exchange, documented: Response): readonly Violation[] {
    const { response, request } = exchange;
    const { evidence } = documented;
    if (documented.content.length === 0) {
      if (response.text === '') return [];
      const expected = `${documented.status} without a body`;
      return [
        {
          cause: 'unexpected response body',
          expected,
          actual: `a body: ${excerpt(response.text)}`,
          evidence,
          exchange,
        },
      ];
    }
    if (request.method === 'HEAD') return [];
    const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const media = documented.content.find((candidate) => mediaMatches(candidate, type));
    if (media === undefined) return [contentTypeViolation(exchange, documented, type)];
    if (!/json/.test(media.type)) return [];
    if (response.json === undefined) {
      const actual = response.text === '' ? 'an empty body' : excerpt(response.text);
      return [{ cause: 'body is not JSON', expected: 'a JSON body', actual, evidence, exchange }];
    }
    const error = this.#validator.compile(media.schema)(response.json).at(-1);
    return error === undefined ? [] : [bodyViolation(this.#contract, exchange, documented, error)];
  }

  #judgeHeader(exchange: Exchange, documented: Response, header: ResponseHeader): readonly Violation[] {
    const value = exchange.response.headers[header.name];
    const ownEvidence = this.#contract.evidenceAt(`${documented.pointer}/headers/${header.name}`);
    const evidence = ownEvidence.grade === 'unknown' ? documented.evidence : ownEvidence;
    if (value === undefined) {
      if (!header.required) return [];
      const expected = `a header ${header.name}`;
      return [{ cause: `header ${header.name}: missing`, expected, actual: 'none', evidence, exchange }];
    }
    const typed = typedHeader(value, this.#contract.resolve(header.schema));
    const [error] = this.#validator.compile(header.schema)(typed);
    if (error === undefined) return [];
    const expected = `${header.name} that ${error.message ?? 'matches its schema'}`;
    return [
      { cause: `header ${header.name}: value`, expected, actual: `${header.name}: ${value}`, evidence, exchange },
    ];
  }
}

function contentTypeViolation(exchange: Exchange, documented: Response, type: string | undefined): Violation {
  const received = type === undefined ? 'no Content-Type' : `Content-Type ${type}`;
  return {
    cause: 'content type',
    expected: `Content-Type ${documented.content.map((candidate) => candidate.type).join(' or ')}`,
    actual: `${received}: ${excerpt(exchange.response.text)}`,
    evidence: documented.evidence,
    exchange,
  };
}

function bodyViolation(contract: Contract, exchange: Exchange, documented: Response, error: SchemaError): Violation {
  const place = error.instancePath === '' ? 'the body' : error.instancePath;
  const detail = Object.values(error.params).map(String).join(', ');
  // The index of a list entry varies from response to response; the property does not.
  const pointer = error.instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
  return {
    cause: `body${pointer === '' ? '' : ' '}${pointer}: ${error.keyword} ${detail}`.trimEnd(),
    expected: `${place} ${error.message ?? 'matches its schema'}`,
    actual: `${documented.status} ${excerpt(exchange.response.text)}`,
    evidence: schemaEvidence(contract, error) ?? documented.evidence,
    exchange,
  };
}

/** The evidence of the property itself, where its schema is a component. */
function schemaEvidence(contract: Contract, error: SchemaError): Evidence | undefined {
  const match = /#\/\$defs\/(.+)$/.exec(error.schemaPath);
  if (match?.[1] === undefined) return undefined;
  const evidence = contract.evidenceAt(`/components/schemas/${match[1]}`);
  return evidence.grade === 'unknown' ? undefined : evidence;
}

function mediaMatches({ type }: MediaType, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return type === actual || type === '*/*' || (type.endsWith('/*') && actual.startsWith(type.slice(0, -1)));
}

/** A header's text as its schema types it: a number or a boolean where the schema allows one. */
function typedHeader(value: string, schema: Schema): Json {
  const types: readonly Json[] = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'string'];
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (types.includes('boolean') && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
