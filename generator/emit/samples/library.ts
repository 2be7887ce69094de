import { HTTPSnippet } from '@readme/httpsnippet';
import type { Json } from '../../../contract/contract.js';
import { FORM, isJson } from '../../../contract/http/media-type.js';
import { isOfParts } from '../../../contract/http/multipart-parts.js';
import { isObject } from '../../../contract/pointer.js';
import { writeQuery } from '../../runtime/query.js';
import type { Correction } from './correct/correction.js';
import { type LiteralStyle, withPlaceholders } from './correct/placeholders.js';
import type { Language, Omitted } from './language.js';
import type { SampleSource } from './sample-source.js';
import { textOf, urlOf, withMarks } from './sample-url.js';
import { Tokens } from './tokens.js';

/** A language that the library writes, and what is put right in its snippets. */
export interface LibraryLanguage extends Omit<Language, 'write'> {
  /** The target, the client and the options of the library. */
  readonly target: readonly [target: Target[0], client: string, options?: Readonly<Record<string, unknown>>];
  readonly literals: LiteralStyle;
  /** In this order, after the literals have their placeholders. */
  readonly corrections: readonly Correction[];
}

type Target = Parameters<HTTPSnippet['convert']>;
type Har = ConstructorParameters<typeof HTTPSnippet>[0];

export function libraryLanguage({ target, literals, corrections, ...language }: LibraryLanguage): Language {
  const [name, client, options] = target;
  const write = (source: SampleSource): string | Omitted => {
    const omitted = cannotSend(source);
    if (omitted !== undefined) return { omitted };
    const tokens = new Tokens();
    const har = harRequest(source, tokens, literals);
    const [snippet] = [quietly(() => new HTTPSnippet(har).convert(name, client, options))].flat();
    if (typeof snippet !== 'string') throw new Error(`the library has no snippet for ${name} ${client}`);
    const { code, encodes } = withPlaceholders(snippet, tokens, literals);
    const { body } = source.request;
    const names = source.placeholders.map((placeholder) => placeholder.name);
    const facts = { names, encodes, ...(body && { bodyType: body.type }) };
    return corrections.reduce((text, correct) => correct(text, facts), code.trim());
  };
  return { ...language, write };
}

/** The library parses URLs with `url.parse`, of which Node.js 24 warns where the library is part of a bundle (DEP0169). */
function quietly<Result>(work: () => Result): Result {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    return work();
  } finally {
    process.noDeprecation = before ?? false;
  }
}

function cannotSend({ request, credentials }: SampleSource): string | undefined {
  const unsent = credentials.find(({ header, query }) => header === undefined && query === undefined);
  if (unsent !== undefined) return `It needs ${unsent.words}.`;
  if (isOfParts(request.body?.type ?? '') && Array.isArray(request.body?.value))
    return 'Its body has several parts without names.';
  if (request.body?.type.startsWith('multipart/')) return 'Its body is multipart, with files from your disk.';
  return undefined;
}

/** The request for the library, with a token wherever its own writing would be wrong. */
function harRequest(source: SampleSource, tokens: Tokens, literals: LiteralStyle): Har {
  const { request, credentials, method } = source;
  const { body } = request;
  const headers = [
    ...credentials.flatMap(({ header, mark }): [string, string][] => (header ? [[header[0], header[1] + mark]] : [])),
    ...request.headers.map(([name, value]): [string, string] => [name, textOf(value)]),
    ...(request.cookies.length > 0
      ? [['Cookie', request.cookies.map(([name, value]) => `${name}=${textOf(value)}`).join('; ')] as [string, string]]
      : []),
    ...(body ? [['Content-Type', body.type] as [string, string]] : []),
  ];
  return {
    method: method.operation.method,
    // The whole URL is a token: the library would decode queries, and encode ids again.
    url: tokens.asUrl({ pieces: urlOf(source) }),
    httpVersion: 'HTTP/1.1',
    headers: headers.map(([name, value]) => ({ name, value: tokens.inText(value, literals.escape) })),
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    ...(body && { postData: postData(body, tokens, literals) }),
  } as Har; // Its type requires postData, and its code must not find it undefined.
}

function postData(
  { type, value }: { readonly type: string; readonly value: Json },
  tokens: Tokens,
  literals: LiteralStyle,
): { readonly mimeType: string; readonly text: string } {
  if (isJson(type))
    return { mimeType: 'application/json', text: JSON.stringify(jsonWithTokens(value, tokens, literals)) };
  if (type !== FORM) return { mimeType: 'text/plain', text: tokens.inText(textOf(value), literals.escape) };
  return { mimeType: 'text/plain', text: tokens.inText(withMarks(writeQuery(isObject(value) ? value : {}, {}))) };
}

/** A JSON value in which placeholders, and what the library writes wrong as a literal, are tokens. */
function jsonWithTokens(value: Json, tokens: Tokens, literals: LiteralStyle): Json {
  if (typeof value === 'string') return tokens.inText(value, literals.escape);
  if (value === null) return literals.special?.null === undefined ? value : tokens.add({ special: 'null' });
  if (typeof value !== 'object') return value;
  const isEmpty = Object.keys(value).length === 0;
  const special = Array.isArray(value) ? ('empty-list' as const) : ('empty-object' as const);
  if (isEmpty && literals.special?.[special] !== undefined) return tokens.add({ special });
  if (Array.isArray(value)) return value.map((entry: Json) => jsonWithTokens(entry, tokens, literals));
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, jsonWithTokens(entry, tokens, literals)]),
  );
}
