import type { Contract, Operation, Parameter } from '../../../contract/contract.js';
import { isJson } from '../../../contract/http/media-type.js';
import { entriesOf } from '../../../contract/json/json-value.js';
import { getPointer, joinPointer, splitPointer } from '../../../contract/pointer.js';
import type { BodyContent, ClientMethod, QueryArgument, ResultVariant } from '../../client/method.js';
import { isValueStream } from '../../client/variants.js';
import { quote } from '../text/literal.js';

const lineWidth = 120;

/** The type aliases of a method's arguments, data and result. */
export function methodTypes(contract: Contract, method: ClientMethod): readonly string[] {
  const { operation, types, query, cookies, headers, pages, variants, accept } = method;
  const base = operationType(contract, operation);
  const data = variants
    .filter(({ ok, kind }) => ok && kind !== 'none')
    .map((variant) => variantBody(contract, operation, variant));
  return [
    ...bodyTypes(contract, method),
    ...(query ? [alias(types.query, [queryType(contract, method, query)])] : []),
    ...(headers ? [alias(types.headers, [headersType(contract, method, headers.parameters)])] : []),
    ...(cookies ? [alias(types.cookies, [`NonNullable<${base}['parameters']['cookie']>`])] : []),
    ...inputType(method),
    ...(data.length > 0 ? [alias(types.data, [...new Set(data)])] : []),
    ...(pages ? [alias(types.item, [`ItemOf<${types.data}, ${quote(pages.items)}>`])] : []),
    alias(types.failure, [...failures(contract, method), 'Unexpected']),
    ...(hasChoice(method)
      ? [
          alias(
            types.accept,
            (accept ?? []).map(({ type }) => quote(type)),
          ),
        ]
      : []),
    alias(`${types.result}${acceptParameter(method)}`, [...successes(contract, method, data), types.failure]),
  ];
}

/** Whether the caller can choose the content type of the response. */
export function hasChoice({ accept = [] }: ClientMethod): boolean {
  return accept.length > 1;
}

/** Whether the caller can choose the content type of the body. */
export function hasBodyChoice({ body }: ClientMethod): boolean {
  return body !== undefined && body.contents.length > 1;
}

function acceptParameter(method: ClientMethod): string {
  const [first] = method.accept ?? [];
  return hasChoice(method) && first ? `<Accept extends ${method.types.accept} = ${quote(first.type)}>` : '';
}

/** The type of the body, and of the body by content type if there are several. */
function bodyTypes(contract: Contract, method: ClientMethod): readonly string[] {
  const { body, types } = method;
  if (body === undefined) return [];
  const [first] = body.contents;
  const typeOf = (content: BodyContent) => bodyType(contract, method, content, body.required);
  if (!hasBodyChoice(method) || first === undefined) {
    return body.contents.map((content) => alias(types.body, [typeOf(content)]));
  }
  const entries = body.contents.map((content) => {
    const [key, type] = [`  readonly ${quote(content.type)}:`, typeOf(content)];
    return key.length + type.length + 2 <= lineWidth ? `${key} ${type};\n` : `${key}\n    ${type};\n`;
  });
  return [
    `export interface ${types.bodies} {\n${entries.join('')}}`,
    alias(types.body, [`${types.bodies}[${quote(first.type)}]`]),
  ];
}

/** The single argument, if body, query, headers and cookies are not arguments of their own. */
function inputType(method: ClientMethod): readonly string[] {
  const { input, body, query, headers, cookies, types } = method;
  if (input === undefined) return [];
  const chosen = hasBodyChoice(method);
  const parameter = chosen ? `<ContentType extends keyof ${types.bodies} = ${quote(body?.type ?? '')}>` : '';
  const entries = [
    ...(body ? [['body', body.required, chosen ? `${types.bodies}[ContentType]` : types.body] as const] : []),
    ...(query ? [['query', query.required, types.query] as const] : []),
    ...(headers ? [['headers', headers.required, types.headers] as const] : []),
    ...(cookies ? [['cookies', cookies.required, types.cookies] as const] : []),
  ].map(
    ([name, required, type]) => `  readonly ${name}${required ? '' : '?'}: ${type}${required ? '' : ' | undefined'};\n`,
  );
  return [`export interface ${types.input}${parameter} {\n${entries.join('')}}`];
}

function queryType(contract: Contract, { operation }: ClientMethod, { whole }: QueryArgument): string {
  const base = operationType(contract, operation);
  if (whole && whole === operation.queryText) return 'string';
  // The dialect has made it a parameter in `query`.
  if (whole) return `string | NonNullable<NonNullable<${base}['parameters']['query']>[${quote(whole.name)}]>`;
  return `NonNullable<${base}['parameters']['query']>`;
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
function operationType(contract: Contract, { id, path, pointer }: Operation): string {
  return getPointer(contract.document, joinPointer(pointer, 'operationId')) === id
    ? `operations[${quote(id)}]`
    : `paths[${quote(path)}][${quote(splitPointer(pointer).at(-1) ?? '')}]`;
}

function bodyType(
  contract: Contract,
  { operation }: ClientMethod,
  { type, files, parts }: BodyContent,
  required: boolean,
): string {
  const isMultipart = type.startsWith('multipart/');
  if (!isMultipart && !isJson(type) && !/urlencoded/.test(type))
    return 'string | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>';
  const body = `${operationType(contract, operation)}['requestBody']`;
  const key = contentKey(contract, operation.requestBody?.pointer ?? '', type);
  const content = `${required ? body : `NonNullable<${body}>`}['content'][${key}]`;
  if (!isMultipart) return content;
  if (parts !== undefined) return `WithBlobs<${content}>`;
  return `FormData | ${files.length > 0 ? `WithFiles<${content}, ${files.map(quote).join(' | ')}>` : content}`;
}

function successes(contract: Contract, method: ClientMethod, data: readonly string[]): string[] {
  const { operation, variants, types } = method;
  return variants
    .filter(({ ok }) => ok)
    .map((variant) => {
      const { choices = [] } = variant;
      if (hasChoice(method) && choices.length > 1) {
        const entries = choices.map(
          (choice) => `${quote(choice.type)}: ${variantBody(contract, operation, { ...variant, ...choice })}`,
        );
        return `Success<${statusType(variant)}, ByType<{ ${entries.join('; ')} }, Accept>>`;
      }
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
  const response = operation.responses.find((one) => one.status === status);
  const base = `${operationType(contract, operation)}['responses'][${statusType({ status })}]`;
  const body = `${base}['content'][${contentKey(contract, response?.pointer ?? '', type)}]`;
  if (!isValueStream(kind)) return body;
  const media = response?.content.find((one) => one.type === type);
  if (media?.itemSchema !== undefined) return `AsyncGenerator<${body}, void>`;
  if (kind === 'textEvents') return 'AsyncGenerator<ServerSentEvent<string>, void>';
  if (kind === 'events') return `AsyncGenerator<ServerSentEvent<${body}>, void>`;
  // Some documents give the schema of a line, others that of all lines.
  const isList = contract.resolve(media?.schema ?? {}).type === 'array';
  return `AsyncGenerator<${isList ? `ItemOf<${body}, ''>` : body}, void>`;
}

/** The content type exactly as in the document, for example with a charset: the types use it as the key. */
function contentKey({ document }: Contract, pointer: string, type: string): string {
  const keys = entriesOf(getPointer(document, joinPointer(pointer, 'content'))).map(([key]) => key);
  return quote(keys.find((key) => key.toLowerCase().split(';')[0]?.trim() === type) ?? type);
}
