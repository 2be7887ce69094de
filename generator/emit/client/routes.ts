import type { ClientMethod } from '../../client/method.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/header.js';
import { literal, type Plain } from '../text/literal.js';

/** What the client has to know when it runs, as small as it can be: a table of routes, and the server. */
export function emitRoutes(plan: ClientPlan): GeneratedFile {
  const text = [
    "import type { Routes, Server } from './runtime/route.js';\n",
    `export const server: Server = ${literal({ ...plan.server }, 0, 'export const server: Server = '.length)};\n`,
    `export const routes: Routes = ${literal(groupRoutes(plan.root, asksForTokens(plan)), 0, 'export const routes: Routes = '.length)};\n`,
  ].join('\n');
  return { path: 'routes.ts', text: codeHeader + text };
}

/** A document that says nothing of security anywhere leaves it to the caller whether a token is sent. */
function asksForTokens({ methods }: ClientPlan): boolean {
  return methods.some(({ operation }) => operation.security.length > 0);
}

function groupRoutes({ methods, groups }: ClientGroup, tokens: boolean): { readonly [name: string]: Plain } {
  return Object.fromEntries([
    ...methods.map((method) => [method.path.at(-1) ?? '', route(method, tokens)] as const),
    ...groups.map((group) => [group.path.at(-1) ?? '', groupRoutes(group, tokens)] as const),
  ]);
}

function route({ operation, outcomes, body, query, pages, batch }: ClientMethod, tokens: boolean): Plain {
  const answers = new Map(outcomes.map(({ status, kind }) => [status, kind === 'json' ? status : `${status}:${kind}`]));
  const traits = {
    ...(body && { body: body.type === 'application/json' || body.type.startsWith('multipart/') ? true : body.type }),
    ...(query && { query: Object.keys(query.styles).length > 0 ? { ...query.styles } : true }),
    ...(tokens && operation.security.length === 0 && { open: true }),
    ...(pages && { all: pagesRow(pages) }),
    ...(batch && { batch: [batch.name, batch.property, batch.size] }),
  };
  const row = [operation.method, operation.route, [...answers.values()].join(' ')];
  return Object.keys(traits).length > 0 ? [...row, traits] : row;
}

function pagesRow(pages: NonNullable<ClientMethod['pages']>): Plain {
  const { name, items, most, size, cursor = '', page = '', totals = '', untilEmpty = '' } = pages;
  const row = [name, items, most, size, cursor, page, totals, untilEmpty];
  return row.slice(0, row.findLastIndex((cell) => cell !== '') + 1);
}
