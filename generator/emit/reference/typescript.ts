import type { Contract, Json } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { isJson } from '../../client/arguments.js';
import { credentialsOf } from '../../client/credentials.js';
import type { ClientMethod, ResultVariant } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import { isValueStream } from '../../client/variants.js';
import { Code, literal, type Plain } from '../text/literal.js';
import type { SampleRequest } from './sample-request.js';

/** A module that calls the operation with the generated client and distinguishes the results. */
export function typescriptSample(
  contract: Contract,
  { server, folder }: ClientPlan,
  method: ClientMethod,
  request: SampleRequest,
): string {
  const { operation, path, variants } = method;
  const required = credentialsOf(contract, operation);
  const needsToken = required.some(({ words }) => words === '');
  const others = required.flatMap(({ name, scheme }) => {
    if (scheme === undefined) return [];
    const basic = "{ username: process.env.USERNAME ?? '', password: process.env.PASSWORD ?? '' }";
    return [`${literal(name)}: ${scheme[0] === 'basic' ? basic : "process.env.API_KEY ?? ''"}`];
  });
  const credentials =
    server.tokenUrl === ''
      ? 'token: process.env.TOKEN'
      : "token: { clientId: process.env.CLIENT_ID ?? '', clientSecret: process.env.CLIENT_SECRET ?? '' }";
  const options = [
    "baseUrl: process.env.BASE_URL ?? ''",
    ...(needsToken ? [credentials] : []),
    ...(others.length > 0 ? [`credentials: { ${others.join(', ')} }`] : []),
  ];
  const call = `client${path.map(member).join('')}`;
  const coded = variants.find(({ ok, codes }) => !ok && codes !== undefined);
  return [
    `import { createClient } from ${literal(`./${folder}/client.js`)};`,
    '',
    ...created(options),
    `const result = await ${call}(${argumentsOf(method, request, `const result = await ${call}(`.length)});`,
    'if (result.ok) {',
    shown(variants),
    ...(coded?.codes === undefined
      ? []
      : [
          `} else if (result.status === ${statusOf(coded.status)}) {`,
          `  console.error(result.error${member(coded.codes.property)});`,
        ]),
    '} else {',
    '  console.error(result.status, result.error);',
    '}',
    ...pagesLines(method, request),
    ...batchLines(method, request),
  ].join('\n');
}

const WIDTH = 100;

/** What a success is for: its data, each value of a stream, or only its status. */
function shown(variants: readonly ResultVariant[]): string {
  const kinds = variants.flatMap(({ ok, kind }) => (ok ? [kind] : []));
  if (kinds.length > 0 && kinds.every(isValueStream))
    return '  for await (const value of result.data) console.log(value);';
  return kinds.some((kind) => kind !== 'none') ? '  console.log(result.data);' : '  console.log(result.status);';
}

function created(options: readonly string[]): readonly string[] {
  const line = `const client = createClient({ ${options.join(', ')} });`;
  return line.length <= WIDTH
    ? [line]
    : ['const client = createClient({', ...options.map((option) => `  ${option},`), '});'];
}

/** Ids, body, query, headers and cookies. */
function argumentsOf(method: ClientMethod, request: SampleRequest, column: number): string {
  const { body, query, headers, cookies, input } = method;
  const ids = request.ids.map((id) => literal(id));
  const before = column + ids.join(', ').length;
  if (input) {
    const given = {
      ...(body && request.body && { body: new Code(bodyArgument(method, request.body, before)) }),
      ...(query && request.query.length > 0 && { query: Object.fromEntries(request.query) }),
      ...(request.queryText !== undefined && { query: request.queryText }),
      ...(headers && request.headers.length > 0 && { headers: Object.fromEntries(request.headers) }),
      ...(cookies && request.cookies.length > 0 && { cookies: Object.fromEntries(request.cookies) }),
    };
    const isEmpty = Object.keys(given).length === 0 && !input.required;
    return joined([...ids, isEmpty ? undefined : literal(given, 0, before)]);
  }
  const given: (string | undefined)[] = [
    ...ids,
    ...(body ? [request.body && bodyArgument(method, request.body, before)] : []),
    ...(query ? [request.queryText === undefined ? objectOf(request.query) : literal(request.queryText)] : []),
    ...lastArguments(method, request),
  ];
  return joined(given);
}

/** Arguments at the end that are undefined are omitted. */
function joined(given: readonly (string | undefined)[]): string {
  const last = given.findLastIndex((argument) => argument !== undefined);
  return given
    .slice(0, last + 1)
    .map((argument) => argument ?? 'undefined')
    .join(', ');
}

function lastArguments({ headers, cookies }: ClientMethod, request: SampleRequest): readonly (string | undefined)[] {
  return [...(headers ? [objectOf(request.headers)] : []), ...(cookies ? [objectOf(request.cookies)] : [])];
}

/** Undefined if there are no entries. */
function objectOf(entries: readonly (readonly [string, Json])[]): string | undefined {
  return entries.length > 0 ? literal(Object.fromEntries(entries)) : undefined;
}

function bodyArgument(
  { body }: ClientMethod,
  { type, value }: { readonly type: string; readonly value: Json },
  column: number,
): string {
  if (type.startsWith('multipart/')) {
    if (!isObject(value)) return 'new FormData()';
    const files = body?.contents.find((content) => content.type === type)?.files ?? [];
    const file = new Code("new Blob(['…'])");
    const parts = Object.entries(value).map(([name, entry]): [string, Plain] => [
      name,
      files.includes(name) ? (Array.isArray(entry) ? [file] : file) : entry,
    ]);
    return literal(Object.fromEntries(parts), 0, column);
  }
  if (isJson(type) || /urlencoded/.test(type)) return literal(value, 0, column);
  return literal(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The loop over all pages. */
function pagesLines(method: ClientMethod, request: SampleRequest): readonly string[] {
  const { pages, path } = method;
  if (pages === undefined) return [];
  const required = request.query.filter(([name]) => !pages.reserved.includes(name));
  const given = [...request.ids.map((id) => literal(id)), objectOf(required), ...lastArguments(method, request)];
  return [
    '',
    '// All items, page by page.',
    `for await (const item of client${[...path.slice(0, -1), pages.name].map(member).join('')}(${joined(given)})) {`,
    '  console.log(item);',
    '}',
  ];
}

/** The call with any number of entries. */
function batchLines(method: ClientMethod, request: SampleRequest): readonly string[] {
  const { batch, path } = method;
  const body = request.body?.value;
  if (batch === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const entries = Object.entries(body).find(([name]) => name === batch.property)?.[1] ?? [];
  const start = `const batches = await client${[...path.slice(0, -1), batch.name].map(member).join('')}(`;
  const ids = request.ids.map((id) => literal(id));
  const column = start.length + ids.join(', ').length;
  return [
    '',
    `// Any number of entries, at most ${batch.size} per request.`,
    `${start}${joined([...ids, literal(entries, 0, column), ...lastArguments(method, request)])});`,
    'console.log(batches.accepted);',
  ];
}

function member(name: string): string {
  return /^[\p{L}$_][\p{L}\p{N}$_]*$/u.test(name) ? `.${name}` : `[${literal(name)}]`;
}

function statusOf(status: string): string {
  return /^\d+$/.test(status) ? status : literal(status);
}
