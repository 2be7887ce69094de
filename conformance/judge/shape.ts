import type { Contract, Evidence, Json, MediaType, Response, ResponseHeader, Schema } from '../../contract/contract.js';
import { type SchemaError, SchemaValidator } from '../../contract/schema-validator.js';
import type { Violation } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import { excerpt } from './safety.js';

/** Judges content type, headers and body of an answer by what the contract says of its status. */
export interface ShapeJudge {
  judge(exchange: Exchange, documented: Response): readonly Violation[];
}

export function createShapeJudge(contract: Contract): ShapeJudge {
  const validator = new SchemaValidator(contract, { allErrors: false });

  const judgeBody = (exchange: Exchange, documented: Response): readonly Violation[] => {
    const { response, request } = exchange;
    const { evidence } = documented;
    if (documented.content.length === 0) {
      if (response.text === '') return [];
      return [
        {
          cause: 'body where there is none',
          expected: `${documented.status} without a body`,
          actual: `a body: ${excerpt(response.text)}`,
          evidence,
          exchange,
        },
      ];
    }
    if (request.method === 'HEAD') return [];
    const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const media = documented.content.find((candidate) => mediaMatches(candidate, type));
    if (media === undefined) {
      return [
        {
          cause: 'content type',
          expected: `Content-Type ${documented.content.map((candidate) => candidate.type).join(' or ')}`,
          actual: `${type === undefined ? 'no Content-Type' : `Content-Type ${type}`}: ${excerpt(response.text)}`,
          evidence,
          exchange,
        },
      ];
    }
    if (!/json/.test(media.type)) return [];
    if (response.json === undefined) {
      return [{ cause: 'body is not JSON', expected: 'a JSON body', actual: shown(response.text), evidence, exchange }];
    }
    const error = validator.compile(media.schema)(response.json).at(-1);
    return error === undefined ? [] : [bodyViolation(contract, exchange, documented, error)];
  };

  const judgeHeader = (exchange: Exchange, documented: Response, header: ResponseHeader): readonly Violation[] => {
    const value = exchange.response.headers[header.name];
    const evidence = contract.evidenceAt(`${documented.pointer}/headers/${header.name}`);
    const known = evidence.grade === 'unknown' ? documented.evidence : evidence;
    if (value === undefined) {
      if (!header.required) return [];
      const expected = `a header ${header.name}`;
      return [{ cause: `header ${header.name}: missing`, expected, actual: 'none', evidence: known, exchange }];
    }
    const [error] = validator.compile(header.schema)(readHeader(value, contract.resolve(header.schema)));
    if (error === undefined) return [];
    const expected = `${header.name} that ${error.message ?? 'fits its schema'}`;
    return [
      {
        cause: `header ${header.name}: value`,
        expected,
        actual: `${header.name}: ${value}`,
        evidence: known,
        exchange,
      },
    ];
  };

  return {
    judge: (exchange, documented) => [
      ...documented.headers.flatMap((header) => judgeHeader(exchange, documented, header)),
      ...judgeBody(exchange, documented),
    ],
  };
}

function bodyViolation(contract: Contract, exchange: Exchange, documented: Response, error: SchemaError): Violation {
  const place = error.instancePath === '' ? 'the body' : error.instancePath;
  const detail = Object.values(error.params).map(String).join(', ');
  return {
    // Which entry of a list it was varies; which property it was does not.
    cause:
      `body${error.instancePath === '' ? '' : ' '}${error.instancePath.replace(/\/\d+(?=\/|$)/g, '/*')}: ${error.keyword} ${detail}`.trimEnd(),
    expected: `${place} ${error.message ?? 'fits its schema'}`,
    actual: `${documented.status} ${excerpt(exchange.response.text)}`,
    evidence: schemaEvidence(contract, error) ?? documented.evidence,
    exchange,
  };
}

/** The evidence that stands at the property itself, where its schema is a component. */
function schemaEvidence(contract: Contract, error: SchemaError): Evidence | undefined {
  const match = /#\/\$defs\/(.+)$/.exec(error.schemaPath);
  if (match?.[1] === undefined) return undefined;
  const evidence = contract.evidenceAt(`/components/schemas/${match[1]}`);
  return evidence.grade === 'unknown' ? undefined : evidence;
}

function mediaMatches({ type }: MediaType, actual: string | undefined): boolean {
  return (
    actual !== undefined &&
    (type === actual || type === '*/*' || (type.endsWith('/*') && actual.startsWith(type.slice(0, -1))))
  );
}

/** A header's text as its schema means it: a number where that is one. */
function readHeader(value: string, schema: Schema): Json {
  const types: readonly Json[] = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'string'];
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (types.includes('boolean') && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

function shown(text: string): string {
  return text === '' ? 'an empty body' : excerpt(text);
}
