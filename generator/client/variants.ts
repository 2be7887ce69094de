import { isDeepStrictEqual } from 'node:util';
import type { Contract, MediaType, Operation, Response, Schema } from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import type { AcceptedType, BodyKind, ResultVariant } from './method.js';

/** The members of an operation's result. If a success is documented, `default` stands for errors only. */
export function planVariants(contract: Contract, operation: Operation): readonly ResultVariant[] {
  const succeeds = operation.responses.some(({ status }) => status.startsWith('2'));
  return operation.responses.flatMap((response) => {
    const { status } = response;
    const oks = status === 'default' ? (succeeds ? [false] : [true, false]) : [status.startsWith('2')];
    return oks.map((ok) => planVariant(contract, operation, response, ok));
  });
}

function planVariant(contract: Contract, { method }: Operation, response: Response, ok: boolean): ResultVariant {
  const { status, description, content } = response;
  const chosen = content.find(({ type }) => isJson(type)) ?? content[0];
  if (chosen === undefined || method === 'HEAD') {
    // A response without a schema may have a body nevertheless, and the caller wants to see it.
    return { status, ok, kind: method === 'HEAD' || bodyless.test(status) ? 'none' : 'any', description };
  }
  const kind = kindOf(contract, chosen);
  const choices = ok ? choicesOf(contract, content, chosen) : [];
  const codes = ok || kind !== 'json' ? undefined : planCodes(contract, response, chosen.schema);
  return {
    status,
    ok,
    kind,
    type: chosen.type,
    ...(choices.length > 1 && { choices }),
    description,
    ...(codes && { codes }),
  };
}

/** The content types that the caller can choose from, the default first; no ranges, and no JSON that is the same again. */
function choicesOf(contract: Contract, content: readonly MediaType[], chosen: MediaType): readonly AcceptedType[] {
  const [first, ...others] = [chosen, ...content.filter((one) => one.type !== chosen.type)];
  const distinct = others.filter(
    ({ type, schema }) => !(isJson(type) && isDeepStrictEqual(schema, chosen.schema)) && !type.includes('*'),
  );
  if (first === undefined || first.type.includes('*')) return [];
  return [first, ...distinct].map((one) => ({ type: one.type, kind: kindOf(contract, one) }));
}

/**
 * The content types that the client asks for, the default first: several that the caller can choose from, or a stream
 * of values, which a server might otherwise send as one body. Undefined if the client asks for none.
 */
export function planAccept(variants: readonly ResultVariant[]): readonly AcceptedType[] | undefined {
  const streamed = variants.find(({ ok, kind, type }) => ok && type !== undefined && isValueStream(kind));
  const several = variants.flatMap(({ choices = [] }) => choices);
  const accepted = [...several, ...(streamed?.type ? [{ type: streamed.type, kind: streamed.kind }] : [])];
  const distinct = [...new Map(accepted.map((one) => [one.type, one])).values()];
  return distinct.length > 0 ? distinct : undefined;
}

/** Whether the data of a kind is an iterable over values. */
export function isValueStream(kind: string): boolean {
  return kind === 'events' || kind === 'textEvents' || kind === 'lines';
}

/** Statuses that never have a body. @see RFC 9110, sections 15.3.5 and 15.3.6 */
const bodyless = /^20[45]$/;

function kindOf(contract: Contract, { type, schema, itemSchema }: MediaType): BodyKind {
  if (jsonLines.test(type)) return 'lines';
  if (isJson(type)) return 'json';
  if (type === '*/*') return 'any';
  if (type === 'text/event-stream') return hasJsonEvents(contract, schema, itemSchema) ? 'events' : 'textEvents';
  if (/^text\/(html|\*)$/.test(type)) return 'html';
  return type.startsWith('text/') ? 'text' : 'stream';
}

/** JSON Lines under its names, and JSON text sequences (RFC 7464). */
const jsonLines = /^application\/(?:jsonl|x-jsonlines|(?:x-)?ndjson|x-jsonl|json-seq|[\w.+-]+\+json-seq)$/;

/**
 * Whether the data of server-sent events is JSON: by the content type of the `data` of an event, or by the schema of the
 * stream, which documents of OpenAPI 3.1 use for the data of each event.
 *
 * @see OpenAPI 3.2, section 4.14.4
 */
function hasJsonEvents(contract: Contract, schema: Schema, itemSchema: Schema | undefined): boolean {
  if (itemSchema !== undefined) return JSON.stringify(contract.resolve(itemSchema)).includes('"contentSchema"');
  const { type, title, description, ...constraints } = contract.resolve(schema);
  return type !== 'string' && (type !== undefined || Object.keys(constraints).length > 0);
}

/** The error codes of a response, and whether it has problems without an error code. */
function planCodes(contract: Contract, { problems }: Response, schema: Schema): ResultVariant['codes'] {
  const property = errorCodeProperty(contract, schema);
  const values = [...new Set(problems.flatMap(({ errorCode }) => errorCode ?? []))];
  if (property === undefined || values.length === 0) return undefined;
  return { property, values, others: problems.some(({ errorCode }) => errorCode === undefined) };
}

/** The property of an error body with the error code, if the contract marks one. */
function errorCodeProperty(contract: Contract, schema: Schema): string | undefined {
  const { properties, allOf } = contract.resolve(schema);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (contract.valueOf(value as Schema)?.kind === 'error-code') return name;
  }
  for (const part of Array.isArray(allOf) ? allOf : []) {
    const found = errorCodeProperty(contract, part as Schema);
    if (found !== undefined) return found;
  }
  return undefined;
}
