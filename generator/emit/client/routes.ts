import type { Contract } from '../../../contract/contract.js';
import { type SentScheme, sentRequirements } from '../../client/credentials.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import { openOperations } from '../../client/security.js';
import type { ServerFacts } from '../../client/server.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/header.js';
import { literal, type Plain } from '../text/literal.js';

/** Emits `routes.ts`: what the client needs at run time, as small as possible. */
export function emitRoutes(contract: Contract, plan: ClientPlan): GeneratedFile {
  const open = openOperations(contract);
  const { schemes, ...facts } = plan.server;
  const text = [
    ...(schemes.length > 0 ? ["import { authorizer } from './runtime/authorize.js';"] : []),
    "import type { Routes, Server } from './runtime/route.js';\n",
    `export const server: Server = ${serverLiteral(facts, schemes)};\n`,
    `export const routes: Routes = ${literal(groupRoutes(plan.root, { contract, open }), 0, 'export const routes: Routes = '.length)};\n`,
  ].join('\n');
  return { path: 'routes.ts', text: codeHeader + text };
}

/** The server, with the function that applies credentials if there are schemes for it. */
function serverLiteral(facts: Omit<ServerFacts, 'schemes'>, schemes: readonly SentScheme[]): string {
  if (schemes.length === 0) return literal({ ...facts }, 0, 'export const server: Server = '.length);
  const table = Object.fromEntries(schemes.map(({ name, scheme }) => [name, scheme]));
  const entries = Object.entries(facts).map(([key, value]) => `  ${key}: ${literal(value)},\n`);
  return `{\n${entries.join('')}  authorize: authorizer(${literal(table, 2, '  authorize: authorizer('.length)}),\n}`;
}

/** What the routes of a contract depend on. */
interface RoutesContext {
  readonly contract: Contract;
  readonly open: ReadonlySet<string>;
}

function groupRoutes({ methods, groups }: ClientGroup, context: RoutesContext): { readonly [name: string]: Plain } {
  return Object.fromEntries([
    ...methods.map((method) => [method.path.at(-1) ?? '', route(method, context)] as const),
    ...groups.map((group) => [group.path.at(-1) ?? '', groupRoutes(group, context)] as const),
  ]);
}

function route(method: ClientMethod, { contract, open }: RoutesContext): Plain {
  const { operation, variants, body, query, headers, cookies, pages, batch } = method;
  const auth = sentRequirements(contract, operation);
  const responses = new Map(
    variants.map(({ status, kind }) => [status, kind === 'json' ? status : `${status}:${kind}`]),
  );
  const traits = {
    ...(body && { body: body.type === 'application/json' || body.type.startsWith('multipart/') ? true : body.type }),
    ...(query && { query: Object.keys(query.styles).length > 0 ? { ...query.styles } : true }),
    ...(body && Object.keys(body.styles).length > 0 && { form: { ...body.styles } }),
    ...(headers && { headers: true }),
    ...(cookies && { cookies: true }),
    ...(auth && { auth }),
    ...(open.has(operation.id) && { open: true }),
    ...(pages && { all: pagesRow(pages) }),
    ...(batch && { batch: [batch.name, batch.property, batch.size] }),
  };
  const row = [operation.method, operation.route, [...responses.values()].join(' ')];
  return Object.keys(traits).length > 0 ? [...row, traits] : row;
}

function pagesRow(pages: NonNullable<ClientMethod['pages']>): Plain {
  const { name, items, most, size, cursor = '', page = '', totals = '', untilEmpty = '' } = pages;
  const row = [name, items, most, size, cursor, page, totals, untilEmpty];
  return row.slice(0, row.findLastIndex((cell) => cell !== '') + 1);
}
