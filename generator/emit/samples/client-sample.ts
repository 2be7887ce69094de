import type { Json } from '../../../contract/contract.js';
import { isJson } from '../../../contract/http/media-type.js';
import { isObject } from '../../../contract/pointer.js';
import type { ClientMethod, ResultVariant } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import { isValueStream } from '../../client/variants.js';
import { Code, type Plain } from '../text/literal.js';
import type { SampleRequest } from './sample-request.js';
import type { SampleSource } from './sample-source.js';
import { written } from './written.js';

/** A module that calls the operation with the generated client and distinguishes the results. */
export function clientSample(source: SampleSource, { folder }: Pick<ClientPlan, 'folder'>): string {
  const { method, placeholders } = source;
  const { path, variants } = method;
  const call = `client${path.map(member).join('')}`;
  const coded = variants.find(({ ok, codes }) => !ok && codes !== undefined);
  return [
    `import { createClient } from ${written(`./${folder}/client.js`)};`,
    '',
    ...declarations(source),
    ...(placeholders.length > 0 ? [''] : []),
    ...created(clientOptions(source)),
    `const result = await ${call}(${argumentsOf(source, `const result = await ${call}(`.length)});`,
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
    ...pagesLines(source),
    ...batchLines(source),
  ].join('\n');
}

/** The client takes a user name and a password apart; each other credential is one value. */
function declarations({ placeholders, credentials }: SampleSource): readonly string[] {
  return placeholders
    .flatMap(({ name }) => {
      const basic = credentials.find(({ scheme, placeholder }) => scheme?.[0] === 'basic' && placeholder === name);
      return basic?.option?.slice(1) ?? [name];
    })
    .map((name) => `const ${name} = ${written(name)};`);
}

function clientOptions({ origin, credentials }: SampleSource): readonly string[] {
  const token = credentials.find(({ words }) => words === '');
  const others = credentials.flatMap(({ name, scheme, mark, option }) => {
    if (scheme === undefined) return [];
    const [, user = '', password = ''] = option ?? [];
    return [
      `${written(name)}: ${scheme[0] === 'basic' ? `{ username: ${user}, password: ${password} }` : written(mark)}`,
    ];
  });
  return [
    `baseUrl: ${written(origin)}`,
    ...(token ? [`token: ${written(token.mark)}`] : []),
    ...(others.length > 0 ? [`credentials: { ${others.join(', ')} }`] : []),
  ];
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
function argumentsOf(source: SampleSource, column: number): string {
  const { method, request } = source;
  const { body, query, headers, cookies, input } = method;
  const ids = idsOf(source);
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
    return joined([...ids, isEmpty ? undefined : written(given, 0, before)]);
  }
  const given: (string | undefined)[] = [
    ...ids,
    ...(body ? [request.body && bodyArgument(method, request.body, before)] : []),
    ...(query ? [request.queryText === undefined ? objectOf(request.query) : written(request.queryText)] : []),
    ...lastArguments(method, request),
  ];
  return joined(given);
}

/** A placeholder is a text, also where the client takes a number. */
function idsOf({ request, numericIds }: SampleSource): readonly string[] {
  return request.ids.map((id, index) => (numericIds[index] === true ? `Number(${written(id)})` : written(id)));
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
  return entries.length > 0 ? written(Object.fromEntries(entries)) : undefined;
}

function bodyArgument(
  { body }: ClientMethod,
  { type, value }: { readonly type: string; readonly value: Json },
  column: number,
): string {
  if (type.startsWith('multipart/')) {
    if (Array.isArray(value)) return written(value, 0, column);
    if (!isObject(value)) return 'new FormData()';
    const files = body?.contents.find((content) => content.type === type)?.files ?? [];
    const file = new Code("new Blob(['…'])");
    const parts = Object.entries(value).map(([name, entry]): [string, Plain] => [
      name,
      files.includes(name) ? (Array.isArray(entry) ? [file] : file) : entry,
    ]);
    return written(Object.fromEntries(parts), 0, column);
  }
  if (isJson(type) || /urlencoded/.test(type)) return written(value, 0, column);
  return written(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The loop over all pages. */
function pagesLines(source: SampleSource): readonly string[] {
  const { method, request } = source;
  const { pages, path } = method;
  if (pages === undefined) return [];
  const required = request.query.filter(([name]) => !pages.reserved.includes(name));
  const given = [...idsOf(source), objectOf(required), ...lastArguments(method, request)];
  return [
    '',
    '// All items, page by page.',
    `for await (const item of client${[...path.slice(0, -1), pages.name].map(member).join('')}(${joined(given)})) {`,
    '  console.log(item);',
    '}',
  ];
}

/** The call with any number of entries. */
function batchLines(source: SampleSource): readonly string[] {
  const { method, request } = source;
  const { batch, path } = method;
  const body = request.body?.value;
  if (batch === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const entries = Object.entries(body).find(([name]) => name === batch.property)?.[1] ?? [];
  const start = `const batches = await client${[...path.slice(0, -1), batch.name].map(member).join('')}(`;
  const ids = idsOf(source);
  const column = start.length + ids.join(', ').length;
  return [
    '',
    `// Any number of entries, at most ${batch.size} per request.`,
    `${start}${joined([...ids, written(entries, 0, column), ...lastArguments(method, request)])});`,
    'console.log(batches.accepted);',
  ];
}

function member(name: string): string {
  return /^[\p{L}$_][\p{L}\p{N}$_]*$/u.test(name) ? `.${name}` : `[${written(name)}]`;
}

function statusOf(status: string): string {
  return /^\d+$/.test(status) ? status : written(status);
}
