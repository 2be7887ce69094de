import { isJson } from '../../../contract/http/media-type.js';
import type { BodyContent, ClientMethod, QueryArgument } from '../../client/method.js';
import { isValueStream } from '../../client/variants.js';
import { Code, type Plain } from '../text/literal.js';
import type { AccessPlan } from './server.js';

/** How bodies of other kinds than JSON are read, by kind: as streams, or as text. */
const READERS: Readonly<Record<string, string>> = {
  events: 'readEvents',
  textEvents: 'readTextEvents',
  lines: 'readLines',
  stream: 'readStream',
};
const PARSERS: Readonly<Record<string, string>> = { text: 'parseText', html: 'parseHtml', any: 'parseAny' };

/** The functions of the runtime that routes refer to, by module. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  './runtime/kinds.js': [
    'anyType',
    'asked',
    'parseAny',
    'parseHtml',
    'parseText',
    'readEvents',
    'readLines',
    'readStream',
    'readTextEvents',
  ],
  './runtime/path.js': ['styledPath'],
  './runtime/query.js': ['asQuery', 'inCookies', 'inHeaders', 'inQuery', 'inStyledQuery'],
  './runtime/repeated.js': ['allPages', 'inBatches', 'sendBatches', 'walkPages'],
  './runtime/request-body.js': [
    'asChosen',
    'asForm',
    'asGiven',
    'asInput',
    'asJson',
    'asJsonOf',
    'asMultipart',
    'asParts',
    'asPlainForm',
  ],
};

/** The imports of the functions and constants that code refers to. */
export function importLines(code: string, access: AccessPlan): readonly string[] {
  const isUsed = (name: string) => new RegExp(`(?<![\\w$'./])${name}\\b`).test(code);
  const modules = Object.entries({ ...FUNCTIONS, './server.js': [...access.shared.keys()] });
  return modules.flatMap(([module, names]) => {
    const used = names.filter(isUsed);
    return used.length > 0 ? [`import { ${used.join(', ')} } from '${module}';`] : [];
  });
}

interface RouteOptions {
  /** The further methods of the client that call the route. */
  readonly more?: { readonly [name: string]: Plain };
  /** What the path begins with, left out. */
  readonly before?: string;
}

/** The route of a method as a literal. */
export function routeOf(
  method: ClientMethod,
  access: AccessPlan,
  { more = {}, before = '' }: RouteOptions = {},
): Plain {
  const { operation, variants, ids } = method;
  const auth = access.of(operation);
  const parts = partsOf(method);
  const kinds = [...new Set([...variants, ...(method.accept ?? [])].map(({ kind }) => kind))];
  const [read, parse] = [readersOf(kinds, READERS), readersOf(kinds, PARSERS)];
  const traits = {
    ...(parts.length > 0 && { in: parts }),
    ...(ids.some(({ style }) => style !== undefined) && {
      path: new Code(
        'styledPath',
        ids.map(({ style }) => style ?? ''),
      ),
    }),
    ...(auth !== undefined && { auth }),
    ...acceptOf(method, kinds),
    ...(Object.keys(read).length > 0 && { read }),
    ...(Object.keys(parse).length > 0 && { parse }),
    ...(Object.keys(more).length > 0 && { more }),
  };
  const row = [operation.method, pathOf(method).slice(before.length), responsesOf(method)];
  return Object.keys(traits).length > 0 ? [...row, traits] : row;
}

/** JSON is preferred if a response is JSON, unless the client asks for another type. */
function acceptOf({ accept }: ClientMethod, kinds: readonly string[]): { readonly accept?: Code } {
  if (accept) {
    const byType = Object.fromEntries(accept.map(({ type, kind }) => [type, kind]));
    return { accept: new Code('asked', [byType, ...(kinds.some(isValueStream) ? [true] : [])]) };
  }
  return kinds.includes('json') ? {} : { accept: new Code('anyType') };
}

/** The functions that read the bodies of some kinds. */
function readersOf(kinds: readonly string[], readers: Readonly<Record<string, string>>): Record<string, Code> {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const reader = readers[kind];
      return reader === undefined ? [] : [[kind, new Code(reader)] as const];
    }),
  );
}

/** The server's path and the path of the document, separated by a space: the base URL may contain the first. */
export function pathOf({ operation: { path, route } }: ClientMethod): string {
  const server = route.slice(0, route.length - path.length);
  return server === '' ? path : `${server} ${path}`;
}

function responsesOf({ variants, accept = [] }: ClientMethod): string {
  const isChosen = (type: string | undefined) => accept.some((one) => one.type === type);
  const responses = new Map(
    variants.map(({ status, ok, kind, type }) => {
      const shown = ok && isChosen(type) ? 'as' : kind;
      return [status, shown === 'json' ? status : `${status}:${shown}`];
    }),
  );
  return [...responses.values()].join(' ');
}

/** What the arguments after the ids become. */
function partsOf({ body, query, headers, cookies, input }: ClientMethod): readonly Plain[] {
  const parts: readonly (readonly [string, Plain])[] = [
    ...(body ? [['body', bodyPart(body.contents)] as const] : []),
    ...(query ? [['query', queryPart(query)] as const] : []),
    ...(headers ? [['headers', new Code('inHeaders')] as const] : []),
    ...(cookies ? [['cookies', new Code('inCookies')] as const] : []),
  ];
  return input ? [new Code('asInput', [Object.fromEntries(parts)])] : parts.map(([, part]) => part);
}

function bodyPart(contents: readonly BodyContent[]): Code {
  const [only, ...others] = contents.map(contentPart);
  if (only !== undefined && others.length === 0) return only;
  return new Code('asChosen', [Object.fromEntries(contents.map((content) => [content.type, contentPart(content)]))]);
}

function contentPart({ type, styles, isPlain, parts }: BodyContent): Code {
  if (type === 'application/json') return new Code('asJson');
  if (isJson(type)) return new Code('asJsonOf', [type]);
  if (/urlencoded/.test(type)) return isPlain ? new Code('asPlainForm') : new Code('asForm', stylesArgument(styles));
  if (parts !== undefined) {
    const given: readonly Plain[] = parts.others === '' ? [parts.types] : [parts.types, parts.others];
    return new Code('asParts', parts.types.length === 0 && parts.others === '' ? [type] : [type, ...given]);
  }
  if (type.startsWith('multipart/')) return new Code('asMultipart');
  return new Code('asGiven', [type]);
}

function queryPart({ styles, whole, isPlain }: QueryArgument): Code {
  if (isPlain) return new Code('inQuery');
  return new Code(whole ? 'asQuery' : 'inStyledQuery', stylesArgument(styles));
}

function stylesArgument(styles: Readonly<Record<string, string>>): readonly Plain[] {
  return Object.keys(styles).length > 0 ? [{ ...styles }] : [];
}
