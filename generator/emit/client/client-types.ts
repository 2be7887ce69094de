import type { Contract, Operation } from '../../../contract/contract.js';
import { entriesOf } from '../../../contract/load/source.js';
import { getPointer, joinPointer } from '../../../contract/pointer.js';
import { isJson } from '../../client/arguments.js';
import type { ClientMethod, Outcome } from '../../client/method.js';
import { quote } from '../text/literal.js';

const lineWidth = 120;

/** The type aliases of a method: what it takes and what it gives, by name. */
export function methodTypes(contract: Contract, method: ClientMethod): readonly string[] {
  const { operation, types, body, query, pages, outcomes } = method;
  const base = operationType(contract, operation);
  const data = outcomes
    .filter(({ ok, kind }) => ok && kind !== 'none')
    .map((outcome) => outcomeBody(contract, operation, outcome));
  return [
    ...(body ? [alias(types.body, [bodyType(contract, method, body.type, body.required)])] : []),
    ...(query ? [alias(types.query, [`NonNullable<${base}['parameters']['query']>`])] : []),
    ...(data.length > 0 ? [alias(types.data, [...new Set(data)])] : []),
    ...(pages ? [alias(types.item, [`ItemOf<${types.data}, ${quote(pages.items)}>`])] : []),
    alias(types.failure, [...failures(contract, method), 'Unexpected']),
    alias(types.result, [...successes(contract, method, data), types.failure]),
  ];
}

/** `export type Name = A | B;`, one member a line where one line does not hold them. */
function alias(name: string, members: readonly string[]): string {
  const line = `export type ${name} = ${members.join(' | ')};`;
  if (line.length <= lineWidth && !line.includes('\n')) return line;
  if (members.length === 1) return `export type ${name} =\n  ${members[0]};`;
  return `export type ${name} =\n${members.map((member) => `  | ${member}`).join('\n')};`;
}

/** The operation in the types of openapi-typescript, which go by operationId only where the document gives one. */
function operationType(contract: Contract, { id, path, method, pointer }: Operation): string {
  return getPointer(contract.document, joinPointer(pointer, 'operationId')) === id
    ? `operations[${quote(id)}]`
    : `paths[${quote(path)}][${quote(method.toLowerCase())}]`;
}

function bodyType(contract: Contract, { operation }: ClientMethod, type: string, required: boolean): string {
  if (type.startsWith('multipart/')) return 'FormData';
  if (!isJson(type) && !/urlencoded/.test(type))
    return 'string | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>';
  const body = `${operationType(contract, operation)}['requestBody']`;
  const key = contentKey(contract, operation.requestBody?.pointer ?? '', type);
  return `${required ? body : `NonNullable<${body}>`}['content'][${key}]`;
}

function successes(
  contract: Contract,
  { operation, outcomes, types }: ClientMethod,
  data: readonly string[],
): string[] {
  return outcomes
    .filter(({ ok }) => ok)
    .map((outcome) => {
      const body =
        data.length === 1 && outcome.kind !== 'none' ? types.data : outcomeBody(contract, operation, outcome);
      return `Success<${statusType(outcome)}, ${body}>`;
    });
}

function failures(contract: Contract, { operation, outcomes }: ClientMethod): string[] {
  return outcomes
    .filter(({ ok }) => !ok)
    .map((outcome) => {
      const body = outcomeBody(contract, operation, outcome);
      const { codes } = outcome;
      if (codes === undefined) return `Failure<${statusType(outcome)}, ${body}>`;
      const values = [...codes.values.map(quote), ...(codes.others ? ['undefined'] : [])].join(' | ');
      return generic('Failure', [statusType(outcome), generic('Coded', [body, quote(codes.property), values], 6)], 4);
    });
}

/** A generic type, one argument a line where a line of a union does not hold it. */
function generic(name: string, members: readonly string[], indentation: number): string {
  const line = `${name}<${members.join(', ')}>`;
  if (indentation + line.length <= lineWidth && !line.includes('\n')) return line;
  const margin = ' '.repeat(indentation);
  return `${name}<\n${members.map((member) => `${margin}  ${member}`).join(',\n')}\n${margin}>`;
}

/** The discriminant as the runtime gives it: a number where the document has one. */
function statusType({ status }: Pick<Outcome, 'status'>): string {
  return /^\d+$/.test(status) ? status : quote(status);
}

function outcomeBody(contract: Contract, operation: Operation, { status, kind, type = '' }: Outcome): string {
  if (kind === 'none') return 'undefined';
  if (kind === 'any') return 'unknown';
  if (kind === 'text' || kind === 'html') return 'string';
  if (kind === 'stream') return 'ReadableStream<Uint8Array> | null';
  const pointer = operation.responses.find((response) => response.status === status)?.pointer ?? '';
  const base = `${operationType(contract, operation)}['responses'][${statusType({ status })}]`;
  return `${base}['content'][${contentKey(contract, pointer, type)}]`;
}

/** The content type as the document writes it, since the types go by that: perhaps with a charset. */
function contentKey({ document }: Contract, pointer: string, type: string): string {
  const keys = entriesOf(getPointer(document, joinPointer(pointer, 'content'))).map(([key]) => key);
  return quote(keys.find((key) => key.toLowerCase().split(';')[0]?.trim() === type) ?? type);
}
