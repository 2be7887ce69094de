import type { Contract, Operation, Response, Schema } from '../../contract/contract.js';
import { isJson } from './arguments.js';
import type { BodyKind, Outcome } from './method.js';

/** What the answers of an operation become in the client. Beside a documented success, `default` means the failures. */
export function planOutcomes(contract: Contract, operation: Operation): readonly Outcome[] {
  const succeeds = operation.responses.some(({ status }) => status.startsWith('2'));
  return operation.responses.flatMap((response) => {
    const { status } = response;
    const oks = status === 'default' ? (succeeds ? [false] : [true, false]) : [status.startsWith('2')];
    return oks.map((ok) => planOutcome(contract, operation, response, ok));
  });
}

function planOutcome(contract: Contract, { method }: Operation, response: Response, ok: boolean): Outcome {
  const { status, description, content } = response;
  const chosen = content.find(({ type }) => isJson(type)) ?? content[0];
  if (chosen === undefined || method === 'HEAD') {
    // A failure without a schema may well have a body: of all that a caller wants to see it.
    return { status, ok, kind: ok || method === 'HEAD' ? 'none' : 'any', description };
  }
  const kind = kindOf(chosen.type);
  const codes = ok || kind !== 'json' ? undefined : planCodes(contract, response, chosen.schema);
  return { status, ok, kind, type: chosen.type, description, ...(codes && { codes }) };
}

function kindOf(type: string): BodyKind {
  if (isJson(type)) return 'json';
  if (type === '*/*') return 'any';
  if (/^text\/(html|\*)$/.test(type)) return 'html';
  return type.startsWith('text/') && type !== 'text/event-stream' ? 'text' : 'stream';
}

/** The error codes that a refusal has: each cause that has one, and whether there are causes that have none. */
function planCodes(contract: Contract, { problems }: Response, schema: Schema): Outcome['codes'] {
  const property = errorCodeProperty(contract, schema);
  const values = [...new Set(problems.flatMap(({ errorCode }) => errorCode ?? []))];
  if (property === undefined || values.length === 0) return undefined;
  return { property, values, others: problems.some(({ errorCode }) => errorCode === undefined) };
}

/** The property of an error body that carries the error code, where the contract says which. */
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
