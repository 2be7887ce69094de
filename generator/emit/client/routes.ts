import type { ClientMethod } from '../../client/method.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/header.js';
import { literal, type Plain } from '../text/literal.js';

/** Emits `routes.ts`: what the client needs at run time, as small as possible. */
export function emitRoutes(plan: ClientPlan): GeneratedFile {
  const text = [
    "import type { Routes, Server } from './runtime/route.js';\n",
    `export const server: Server = ${literal({ ...plan.server }, 0, 'export const server: Server = '.length)};\n`,
    `export const routes: Routes = ${literal(groupRoutes(plan.root, hasSecurity(plan)), 0, 'export const routes: Routes = '.length)};\n`,
  ].join('\n');
  return { path: 'routes.ts', text: codeHeader + text };
}

/** Whether the document has security at all. If not, the client sends its token with every request. */
function hasSecurity({ methods }: ClientPlan): boolean {
  return methods.some(({ operation }) => operation.security.length > 0);
}

function groupRoutes({ methods, groups }: ClientGroup, tokens: boolean): { readonly [name: string]: Plain } {
  return Object.fromEntries([
    ...methods.map((method) => [method.path.at(-1) ?? '', route(method, tokens)] as const),
    ...groups.map((group) => [group.path.at(-1) ?? '', groupRoutes(group, tokens)] as const),
  ]);
}

function route({ operation, variants, body, query, pages, batch }: ClientMethod, tokens: boolean): Plain {
  const responses = new Map(
    variants.map(({ status, kind }) => [status, kind === 'json' ? status : `${status}:${kind}`]),
  );
  const traits = {
    ...(body && { body: body.type === 'application/json' || body.type.startsWith('multipart/') ? true : body.type }),
    ...(query && { query: Object.keys(query.styles).length > 0 ? { ...query.styles } : true }),
    ...(tokens && operation.security.length === 0 && { open: true }),
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
