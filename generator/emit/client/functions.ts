import type { Contract } from '../../../contract/contract.js';
import type { BatchMethod, ClientMethod, PagesMethod } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { pagePath } from '../reference/page-path.js';
import { codeHeader, comment } from '../text/comment.js';
import { sentence } from '../text/docstring.js';
import { Code, literal, quote } from '../text/literal.js';
import { accessInWords } from '../text/wording.js';
import { runtimeExports } from './client.js';
import { rememberNothing } from './code-memory.js';
import { importLines, routeOf } from './route.js';
import { pagesRow } from './routes.js';
import type { AccessPlan } from './server.js';
import { type Signature, signaturesOf } from './signatures.js';

const lineWidth = 120;

/** The scope of the client's types. */
const SCOPE = 'types.';

/** Emits `functions.ts`: a function for each method of the client, so that bundles contain only what is called. */
export function emitFunctions(
  contract: Contract,
  plan: ClientPlan,
  access: AccessPlan,
  remember = rememberNothing,
): GeneratedFile {
  const functions = plan.methods
    .flatMap((method) => remember('functions', method, () => functionsOf(contract, method, access)))
    .join('\n');
  const code = functions.replace(/\/\*\*[\s\S]*?\*\//g, '');
  const text = `import type * as types from './client.js';
${plan.methods.length > 0 ? "import { call } from './runtime/call.js';\n" : ''}import { connectTo } from './runtime/connect.js';
${importLines(code, access).join('\n')}
import { server } from './server.js';

${runtimeExports}

${comment(['Adds retries, and tokens from client credentials, to what the functions send requests with.', 'A connection is also any object with a `baseUrl`: then each request is sent once, with the `token` that it has.', '@throws ParameterError if `baseUrl` is not a URL that requests can be sent to.'])}
export function connect(options: types.ClientOptions): types.Connection {
  return connectTo(server, options);
}

${functions}`;
  return { path: 'functions.ts', text: codeHeader + text };
}

function functionsOf(contract: Contract, method: ClientMethod, access: AccessPlan): readonly string[] {
  const { functions, pages, batch } = method;
  const signatures = signaturesOf(contract, method, SCOPE);
  const paragraphs = paragraphsOf(contract, method);
  const given = signatures.call.parameters.map(({ name }) => name);
  const route = routeOf(method, access);
  const call = invoke('call', ['connection', literal(route, 4), `[${given.join(', ')}]`]);
  return [
    emitFunction(functions.call, { ...signatures.call, paragraphs }, call),
    ...(pages && signatures.pages
      ? [emitFunction(functions.pages, signatures.pages, pagesCall(method, pages, signatures.pages))]
      : []),
    ...(batch && signatures.batch
      ? [emitFunction(functions.batch, signatures.batch, batchCall(method, batch, signatures.batch))]
      : []),
  ];
}

/** A short docstring: the method of the client has the whole one. */
function paragraphsOf(contract: Contract, { operation, path }: ClientMethod): readonly string[] {
  return [
    sentence(operation.summary || `${operation.method} ${operation.path}`),
    accessInWords(contract, operation),
    [
      `@see \`client.${path.join('.')}\` in client.ts, and ${pagePath(contract, operation)}`,
      ...(operation.deprecated ? ['@deprecated'] : []),
    ].join('\n'),
  ];
}

function emitFunction(name: string, signature: Signature, body: string): string {
  const generics = signature.generics.length > 0 ? `<${signature.generics.join(', ')}>` : '';
  const parameters = [
    'connection: types.Connection',
    ...signature.parameters.map(({ name: parameter, type, optional }) => `${parameter}${optional ? '?' : ''}: ${type}`),
  ];
  const line = `export function ${name}${generics}(${parameters.join(', ')}): ${signature.returns} {`;
  const head =
    line.length <= lineWidth
      ? line
      : `export function ${name}${generics}(\n${parameters.map((one) => `  ${one},\n`).join('')}): ${signature.returns} {`;
  return `${comment(signature.paragraphs)}\n${head}\n  return ${body};\n}\n`;
}

/** Calls the function of the method for each page. */
function pagesCall({ functions, ids, query, types }: ClientMethod, pages: PagesMethod, signature: Signature): string {
  const names = signature.parameters.map(({ name }) => name);
  const given = names.map((name) => (name === query?.name ? `page as ${SCOPE}${types.query}` : name));
  const start = query?.name ?? names[ids.length] ?? 'undefined';
  const next = `(page) => ${nested(functions.call, given)}`;
  return `${invoke('walkPages', [literal(pagesRow(pages, pages.items), 4), quote(pages.items), next, start])} as ${signature.returns}`;
}

/** Calls the function of the method for each batch of entries. */
function batchCall({ functions, types }: ClientMethod, batch: BatchMethod, signature: Signature): string {
  const entries = literal({ [batch.property]: new Code('part') });
  const given = signature.parameters.map(({ name }) =>
    name === batch.entries ? `${entries} as ${SCOPE}${types.body}` : name,
  );
  const send = `(part) => ${nested(functions.call, given)}`;
  return `${invoke('sendBatches', [batch.entries, String(batch.size), send])} as ${signature.returns}`;
}

/** A call within a call. */
function nested(name: string, given: readonly string[]): string {
  const line = `${name}(connection, ${given.join(', ')})`;
  if (line.length + '    (page) => ,'.length <= lineWidth) return line;
  return `${name}(\n${['connection', ...given].map((argument) => `      ${argument},\n`).join('')}    )`;
}

/** A call in a `return`, with one argument per line if one line is too short. */
function invoke(name: string, given: readonly string[]): string {
  const line = `${name}(${given.join(', ')})`;
  if (line.length + '  return ;'.length <= lineWidth && !line.includes('\n')) return line;
  return `${name}(\n${given.map((argument) => `    ${argument},\n`).join('')}  )`;
}
