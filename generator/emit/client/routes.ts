import type { Contract } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import { openOperations } from '../../client/security.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/header.js';
import { literal, type Plain } from '../text/literal.js';

/** Emits `routes.ts`: what the client needs at run time, as small as possible. */
export function emitRoutes(contract: Contract, plan: ClientPlan): GeneratedFile {
  const open = openOperations(contract);
  const text = [
    "import type { Routes, Server } from './runtime/route.js';\n",
    `export const server: Server = ${literal({ ...plan.server }, 0, 'export const server: Server = '.length)};\n`,
    `export const routes: Routes = ${literal(groupRoutes(plan.root, open), 0, 'export const routes: Routes = '.length)};\n`,
  ].join('\n');
  return { path: 'routes.ts', text: codeHeader + text };
}

function groupRoutes({ methods, groups }: ClientGroup, open: ReadonlySet<string>): { readonly [name: string]: Plain } {
  return Object.fromEntries([
    ...methods.map((method) => [method.path.at(-1) ?? '', route(method, open.has(method.operation.id))] as const),
    ...groups.map((group) => [group.path.at(-1) ?? '', groupRoutes(group, open)] as const),
  ]);
}

function route(method: ClientMethod, open: boolean): Plain {
  const { operation, variants, body, query, headers, cookies, pages, batch } = method;
  const responses = new Map(
    variants.map(({ status, kind }) => [status, kind === 'json' ? status : `${status}:${kind}`]),
  );
  const traits = {
    ...(body && { body: body.type === 'application/json' || body.type.startsWith('multipart/') ? true : body.type }),
    ...(query && { query: Object.keys(query.styles).length > 0 ? { ...query.styles } : true }),
    ...(headers && { headers: true }),
    ...(cookies && { cookies: true }),
    ...(open && { open: true }),
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
