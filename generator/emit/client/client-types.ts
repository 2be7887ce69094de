import type { Contract, Operation, Parameter } from '../../../contract/contract.js';
import { entriesOf } from '../../../contract/load/source.js';
import { getPointer, joinPointer } from '../../../contract/pointer.js';
import { isJson } from '../../client/arguments.js';
import type { ClientMethod, ResultVariant } from '../../client/method.js';
import { quote } from '../text/literal.js';

const lineWidth = 120;

/** The type aliases of a method's body, query, data and result. */
export function methodTypes(contract: Contract, method: ClientMethod): readonly string[] {
  const { operation, types, body, query, headers, cookies, pages, variants } = method;
  const base = operationType(contract, operation);
  const data = variants
    .filter(({ ok, kind }) => ok && kind !== 'none')
    .map((variant) => variantBody(contract, operation, variant));
  return [
    ...(body ? [alias(types.body, [bodyType(contract, method, body.type, body.required)])] : []),
    ...(query ? [alias(types.query, [`NonNullable<${base}['parameters']['query']>`])] : []),
    ...(headers ? [alias(types.headers, [headersType(contract, method, headers.parameters)])] : []),
    ...(cookies ? [alias(types.cookies, [`NonNullable<${base}['parameters']['cookie']>`])] : []),
    ...(data.length > 0 ? [alias(types.data, [...new Set(data)])] : []),
    ...(pages ? [alias(types.item, [`ItemOf<${types.data}, ${quote(pages.items)}>`])] : []),
    alias(types.failure, [...failures(contract, method), 'Unexpected']),
    alias(types.result, [...successes(contract, method, data), types.failure]),
  ];
}

/** The header parameters without those that the client sets itself. */
function headersType(contract: Contract, { operation }: ClientMethod, parameters: readonly Parameter[]): string {
  const type = `NonNullable<${operationType(contract, operation)}['parameters']['header']>`;
  const own = operation.parameters.filter((one) => one.in === 'header' && !parameters.includes(one));
  return own.length === 0 ? type : `Omit<${type}, ${own.map(({ name }) => quote(name)).join(' | ')}>`;
}

/** `export type Name = A | B;`, with one member per line if one line is too short. */
function alias(name: string, members: readonly string[]): string {
  const line = `export type ${name} = ${members.join(' | ')};`;
  if (line.length <= lineWidth && !line.includes('\n')) return line;
  if (members.length === 1) return `export type ${name} =\n  ${members[0]};`;
  return `export type ${name} =\n${members.map((member) => `  | ${member}`).join('\n')};`;
}

/** The operation's type by openapi-typescript, which has operations by id only if the document has an operationId. */
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
  { operation, variants, types }: ClientMethod,
  data: readonly string[],
): string[] {
  return variants
    .filter(({ ok }) => ok)
    .map((variant) => {
      const body =
        data.length === 1 && variant.kind !== 'none' ? types.data : variantBody(contract, operation, variant);
      return `Success<${statusType(variant)}, ${body}>`;
    });
}

function failures(contract: Contract, { operation, variants }: ClientMethod): string[] {
  return variants
    .filter(({ ok }) => !ok)
    .map((variant) => {
      const body = variantBody(contract, operation, variant);
      const { codes } = variant;
      if (codes === undefined) return `Failure<${statusType(variant)}, ${body}>`;
      const values = [...codes.values.map(quote), ...(codes.others ? ['undefined'] : [])].join(' | ');
      return generic('Failure', [statusType(variant), generic('Coded', [body, quote(codes.property), values], 6)], 4);
    });
}

/** A generic type, with one argument per line if one line is too short. */
function generic(name: string, members: readonly string[], indentation: number): string {
  const line = `${name}<${members.join(', ')}>`;
  if (indentation + line.length <= lineWidth && !line.includes('\n')) return line;
  const margin = ' '.repeat(indentation);
  return `${name}<\n${members.map((member) => `${margin}  ${member}`).join(',\n')}\n${margin}>`;
}

/** The status as it is at run time: a number if the document has a number. */
function statusType({ status }: Pick<ResultVariant, 'status'>): string {
  return /^\d+$/.test(status) ? status : quote(status);
}

function variantBody(contract: Contract, operation: Operation, { status, kind, type = '' }: ResultVariant): string {
  if (kind === 'none') return 'undefined';
  if (kind === 'any') return 'unknown';
  if (kind === 'text' || kind === 'html') return 'string';
  if (kind === 'stream') return 'ReadableStream<Uint8Array> | null';
  const pointer = operation.responses.find((response) => response.status === status)?.pointer ?? '';
  const base = `${operationType(contract, operation)}['responses'][${statusType({ status })}]`;
  return `${base}['content'][${contentKey(contract, pointer, type)}]`;
}

/** The content type exactly as in the document, for example with a charset: the types use it as the key. */
function contentKey({ document }: Contract, pointer: string, type: string): string {
  const keys = entriesOf(getPointer(document, joinPointer(pointer, 'content'))).map(([key]) => key);
  return quote(keys.find((key) => key.toLowerCase().split(';')[0]?.trim() === type) ?? type);
}
