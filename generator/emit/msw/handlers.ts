import type { Contract, Json, Response } from '../../../contract/contract.js';
import { isJson } from '../../../contract/http/media-type.js';
import { sampleValue } from '../../../contract/sample/sample-value.js';
import type { ClientMethod } from '../../client/method.js';
import { reserveFunctionName } from '../../client/names.js';
import type { ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader, comment } from '../text/comment.js';
import { Code, literal, type Plain, quote } from '../text/literal.js';

/** The methods for which MSW has a function. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
  OPTIONS: 'options',
};

const PREAMBLE = `import { type DefaultBodyType, http, type HttpHandler, HttpResponse, type HttpResponseResolver } from 'msw';
import type * as types from './client.js';

/** A body as MSW types it; none if the contract does not describe it. */
type Body<Value> = unknown extends Value ? never : Value extends DefaultBodyType ? Value : DefaultBodyType;

/** The bodies of the documented responses. */
type Bodies<Result> = Result extends { readonly ok: true; readonly data: infer Data }
  ? Body<Data>
  : Result extends { readonly status: 'unexpected' }
    ? never
    : Result extends { readonly error: infer Problem }
      ? Body<Problem>
      : never;

/** Where requests go that handlers answer: an origin such as \`https://api.example.com\`, or \`*\` for any. */
type BaseUrl = string;
`;

const TENANT = `${comment([
  'Answers from an embedded tenant, which has state: `await createTenant(contract)` of `rolecall/tenant`.',
])}
export function tenantHandlers(
  tenant: { fetch(request: Request): Response | Promise<Response> },
  baseUrl: BaseUrl = '*',
): HttpHandler[] {
  return [http.all(\`\${baseUrl}/*\`, ({ request }) => tenant.fetch(request) as never)];
}`;

/** A document may have only webhooks. */
const WITHOUT_OPERATIONS = `import { http, type HttpHandler } from 'msw';

/** Where requests go that handlers answer: an origin such as \`https://api.example.com\`, or \`*\` for any. */
type BaseUrl = string;

/** No handlers: the contract has no operations. */
export function handlers(): HttpHandler[] {
  return [];
}

${TENANT}`;

/** Emits `msw.ts`: handlers of Mock Service Worker for each operation, with the documented examples as answers. */
export function emitHandlers(contract: Contract, plan: ClientPlan): GeneratedFile {
  const taken = new Set(['http', 'types', 'HttpResponse', 'handlers', 'tenantHandlers']);
  if (plan.methods.length === 0) return { path: 'msw.ts', text: `${codeHeader}${WITHOUT_OPERATIONS}\n` };
  const named = plan.methods.map((method) => ({
    method,
    name: reserveFunctionName(`${method.functions.call}Handler`, taken),
  }));
  const first = [...named].sort((a, b) => bySpecificity(a.method.operation.route, b.method.operation.route));
  const all = first.map(({ name }) => `    ${name}(undefined, baseUrl),\n`).join('');
  const list = `${comment(['Handlers of all operations, which answer with the examples of the contract.'])}
export function handlers(baseUrl: BaseUrl = '*'): HttpHandler[] {
  return [
${all}  ];
}`;
  const statements = named.map(({ method, name }) => handlerOf(contract, method, name));
  const text = [PREAMBLE, list, TENANT, ...statements].map((part) => part.trimEnd()).join('\n\n');
  return { path: 'msw.ts', text: `${codeHeader}${text}\n` };
}

/** MSW takes the first handler that matches: fixed segments go before parameters. */
function bySpecificity(a: string, b: string): number {
  const [left, right] = [a, b].map((route) => route.split('/').map((segment) => (segment.includes('{') ? 1 : 0)));
  for (const [index, one] of (left ?? []).entries()) {
    const other = right?.[index] ?? 0;
    if (one !== other) return one - other;
  }
  return 0;
}

function handlerOf(contract: Contract, method: ClientMethod, name: string): string {
  const { operation, types, body, ids } = method;
  const keys = ids.map((_, index) => keyOf(method, index));
  const params = keys.length === 0 ? '{}' : `{ ${keys.map((key) => `${key}: string`).join('; ')} }`;
  const hasBody = body !== undefined && isJson(body.type);
  const resolver = `HttpResponseResolver<${params}, ${hasBody ? `Body<types.${types.body}>` : 'DefaultBodyType'}, Bodies<types.${types.result}>>`;
  const path = `\`\${baseUrl}${pathOf(method)}\``;
  const answer = `(resolver ?? (() => ${exampleAnswer(contract, method)})) as never`;
  const known = FUNCTIONS[operation.method];
  const handler =
    known === undefined
      ? `http.all(${path}, (info) =>\n    info.request.method === ${quote(operation.method)}\n      ? ((${answer}) as HttpResponseResolver)(info)\n      : undefined,\n  )`
      : `http.${known}(${path}, ${answer})`;
  return `${comment([
    `\`${operation.method} ${operation.route}\``,
    '@param resolver - answers; without one, the example of the contract is the answer',
  ])}
export function ${name}(
  resolver?: ${resolver},
  baseUrl: BaseUrl = '*',
): HttpHandler {
  return ${handler};
}`;
}

/** The name of a path parameter in MSW, which allows only letters, digits and underscores. */
function keyOf({ ids }: ClientMethod, index: number): string {
  const name = ids[index]?.parameter.name ?? '';
  const isUnique = ids.filter(({ parameter }) => parameter.name === name).length === 1;
  return /^[A-Za-z]\w*$/.test(name) && isUnique ? name : `parameter${index + 1}`;
}

/** The path with parameters as MSW writes them, for use in a template literal. */
function pathOf(method: ClientMethod): string {
  let index = 0;
  return method.operation.route
    .split(/(\{[^}]*\})/)
    .map((piece) => {
      if (piece.startsWith('{')) return `:${keyOf(method, index++)}`;
      const escaped = piece.replaceAll(/[:*()?+\\]/g, (sign) => `\\${sign}`);
      return escaped.replaceAll(/[\\`]|\$\{/g, (sign) => `\\${sign}`);
    })
    .join('');
}

/** The first documented success, as a response. */
function exampleAnswer(contract: Contract, { operation, variants }: ClientMethod): string {
  const success = variants.find(({ ok }) => ok);
  const response = operation.responses.find(({ status }) => status === success?.status);
  const status = statusOf(response);
  const media = response?.content.find(({ type }) => type === success?.type);
  const init = literal({ status });
  if (success === undefined || media === undefined || success.kind === 'none') return `new HttpResponse(null, ${init})`;
  const value = media.example ?? sampleValue(contract, media.schema, { direction: 'answer' });
  if (success.kind === 'json') return `HttpResponse.json(${jsonOf(value)}, ${init})`;
  const headers = literal({ status, headers: { 'content-type': media.type } });
  return `new HttpResponse(${quote(typeof value === 'string' ? value : '')}, ${headers})`;
}

function jsonOf(value: Json): string {
  return literal(withSafeKeys(value), 2);
}

/** A literal `__proto__: …` would set the prototype. */
function withSafeKeys(value: Json): Plain {
  if (JSON.stringify(value).includes('"__proto__"')) return new Code('JSON.parse', [JSON.stringify(value)]);
  return value;
}

function statusOf(response: Response | undefined): number {
  const [status = '200'] = [response?.status];
  if (/^\d{3}$/.test(status)) return Number(status);
  return /^\dXX$/.test(status) ? Number(status[0]) * 100 : 200;
}
