import type { ClientMethod, PagesMethod } from '../../client/method.js';
import type { ClientGroup, ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/comment.js';
import { Code, literal, type Plain } from '../text/literal.js';
import { importLines, pathOf, routeOf } from './route.js';
import type { AccessPlan } from './server.js';

/** Emits `routes.ts`: the routes of all operations, for the client with all methods. */
export function emitRoutes(plan: ClientPlan, access: AccessPlan): GeneratedFile {
  const table = literal(groupRoutes(plan.root, access), 2, '  return '.length);
  const lines = [
    "import type { Routes } from './runtime/route.js';",
    ...importLines(table, access),
    '',
    '/** A function, so that bundles without the client leave it out. */',
    'export function routes(): Routes {',
    `  return ${table};`,
    '}',
    '',
  ];
  return { path: 'routes.ts', text: codeHeader + lines.join('\n') };
}

function groupRoutes(group: ClientGroup, access: AccessPlan, before = ''): { readonly [name: string]: Plain } {
  const start = commonStart(pathsOf(group));
  const name = group.path.at(-1) ?? '';
  const own = start.slice(before.length);
  return {
    // The runtime adds the name of the group.
    ...(own !== '' && { '': own.endsWith(`/${name}`) ? own.slice(0, own.length - name.length) : own }),
    ...Object.fromEntries([
      ...group.methods.map((method) => {
        const route = routeOf(method, access, { more: moreOf(method), before: start });
        return [method.path.at(-1) ?? '', route] as const;
      }),
      ...group.groups.map((one) => [one.path.at(-1) ?? '', groupRoutes(one, access, start)] as const),
    ]),
  };
}

function pathsOf({ methods, groups }: ClientGroup): readonly string[] {
  return [...methods.map(pathOf), ...groups.flatMap(pathsOf)];
}

/** What all paths begin with, up to the end of a segment, without a slash at the end. */
function commonStart([first = '', ...others]: readonly string[]): string {
  const segments = first.split(/(?=[/ ])/);
  const isCommon = (end: number) => {
    const start = segments.slice(0, end).join('');
    return others.every((path) => path === start || path.startsWith(`${start}/`) || path.startsWith(`${start} `));
  };
  let end = 0;
  while (end < segments.length && isCommon(end + 1)) end += 1;
  return segments.slice(0, end).join('').replace(/\/+$/, '');
}

function moreOf({ pages, batch, path }: ClientMethod): { readonly [name: string]: Plain } {
  return {
    ...(pages && { [pages.name]: new Code('allPages', pagesRow(pages, path.at(-2))) }),
    ...(batch && { [batch.name]: new Code('inBatches', [batch.property, batch.size]) }),
  };
}

/** How a listing is walked, as the runtime takes it. @param group the name of the property with the items by default */
export function pagesRow(pages: PagesMethod, group?: string): readonly Plain[] {
  const { items, most, size, cursor = '', page = '', totals = '', untilEmpty = '' } = pages;
  const row = [most, size, cursor, page, totals, untilEmpty, items === group ? '' : items];
  return row.slice(0, row.findLastIndex((cell) => cell !== '') + 1);
}
