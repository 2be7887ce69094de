import type { Contract, Operation, Response, Schema } from '../../contract/contract.js';
import { isJson } from './arguments.js';
import type { BodyKind, ResultVariant } from './method.js';

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
  const kind = kindOf(chosen.type);
  const codes = ok || kind !== 'json' ? undefined : planCodes(contract, response, chosen.schema);
  return { status, ok, kind, type: chosen.type, description, ...(codes && { codes }) };
}

/** Statuses that never have a body. @see RFC 9110, sections 15.3.5 and 15.3.6 */
const bodyless = /^20[45]$/;

function kindOf(type: string): BodyKind {
  if (isJson(type)) return 'json';
  if (type === '*/*') return 'any';
  if (/^text\/(html|\*)$/.test(type)) return 'html';
  return type.startsWith('text/') && type !== 'text/event-stream' ? 'text' : 'stream';
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
