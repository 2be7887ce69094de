import type { Contract, Json } from '../../../contract/contract.js';
import { isJson } from '../../client/arguments.js';
import { credentialsOf } from '../../client/credentials.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import { literal } from '../text/literal.js';
import type { SampleRequest } from './sample-request.js';

/** A module that makes the call with the generated client and tells the outcomes apart. */
export function typescriptSample(
  contract: Contract,
  { server }: ClientPlan,
  method: ClientMethod,
  request: SampleRequest,
): string {
  const { operation, path, outcomes } = method;
  const asked = credentialsOf(contract, operation);
  const needsToken = asked.some(({ words }) => words === '');
  // What the client does not send by itself can be one of its headers.
  const headers = asked.flatMap(({ words, header }) =>
    words !== '' && header?.[1] === '$API_KEY' ? [`${literal(header[0])}: process.env.API_KEY ?? ''`] : [],
  );
  const credentials =
    server.tokenUrl === ''
      ? 'token: process.env.TOKEN'
      : "token: { clientId: process.env.CLIENT_ID ?? '', clientSecret: process.env.CLIENT_SECRET ?? '' }";
  const options = [
    "baseUrl: process.env.ROLECALL_URL ?? ''",
    ...(needsToken ? [credentials] : []),
    ...(headers.length > 0 ? [`headers: { ${headers.join(', ')} }`] : []),
  ];
  const call = `client${path.map(member).join('')}`;
  const coded = outcomes.find(({ ok, codes }) => !ok && codes !== undefined);
  return [
    "import { createClient } from './generated/client.js';",
    '',
    ...created(options),
    `const result = await ${call}(${argumentsOf(method, request, `const result = await ${call}(`.length)});`,
    'if (result.ok) {',
    outcomes.some(({ ok, kind }) => ok && kind !== 'none')
      ? '  console.log(result.data);'
      : '  console.log(result.status);',
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

function created(options: readonly string[]): readonly string[] {
  const line = `const client = createClient({ ${options.join(', ')} });`;
  return line.length <= WIDTH
    ? [line]
    : ['const client = createClient({', ...options.map((option) => `  ${option},`), '});'];
}

/** Ids, then the body, then the query, then options, those left out at the end that are not needed. */
function argumentsOf({ body, query }: ClientMethod, request: SampleRequest, column: number): string {
  const ids = request.ids.map((id) => literal(id));
  const before = column + ids.join(', ').length;
  const given: (string | undefined)[] = [
    ...ids,
    ...(body ? [request.body && bodyArgument(request.body, before)] : []),
    ...(query ? [request.query.length > 0 ? literal(Object.fromEntries(request.query)) : undefined] : []),
    request.headers.length > 0 ? `{ headers: ${literal(Object.fromEntries(request.headers))} }` : undefined,
  ];
  const last = given.findLastIndex((argument) => argument !== undefined);
  return given
    .slice(0, last + 1)
    .map((argument) => argument ?? 'undefined')
    .join(', ');
}

function bodyArgument({ type, value }: { readonly type: string; readonly value: Json }, column: number): string {
  if (type.startsWith('multipart/')) return 'new FormData()';
  if (isJson(type) || /urlencoded/.test(type)) return literal(value, 0, column);
  return literal(typeof value === 'string' ? value : JSON.stringify(value));
}

/** How all pages are walked. */
function pagesLines({ pages, path, query }: ClientMethod, request: SampleRequest): readonly string[] {
  if (pages === undefined) return [];
  const asked = request.query.filter(([name]) => !pages.taken.includes(name));
  const given = [
    ...request.ids.map((id) => literal(id)),
    ...(query?.required && asked.length > 0 ? [literal(Object.fromEntries(asked))] : []),
  ];
  return [
    '',
    '// All of them, page after page.',
    `for await (const item of client${[...path.slice(0, -1), pages.name].map(member).join('')}(${given.join(', ')})) {`,
    '  console.log(item);',
    '}',
  ];
}

/** How any number of entries is sent. */
function batchLines({ batch, path }: ClientMethod, request: SampleRequest): readonly string[] {
  const body = request.body?.value;
  if (batch === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const entries = Object.entries(body).find(([name]) => name === batch.property)?.[1] ?? [];
  const start = `const batches = await client${[...path.slice(0, -1), batch.name].map(member).join('')}(`;
  const ids = request.ids.map((id) => literal(id));
  const column = start.length + ids.join(', ').length;
  return [
    '',
    `// Any number of entries, at most ${batch.size} in one request.`,
    `${start}${[...ids, literal(entries, 0, column)].join(', ')});`,
    'console.log(batches.accepted);',
  ];
}

function member(name: string): string {
  return /^[\p{L}$_][\p{L}\p{N}$_]*$/u.test(name) ? `.${name}` : `[${literal(name)}]`;
}

function statusOf(status: string): string {
  return /^\d+$/.test(status) ? status : literal(status);
}
