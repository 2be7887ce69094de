import type { CredentialPlace, Json, JsonObject, Operation, Pointer, SecurityAlternative } from '../contract.js';
import { entriesOf, objectOr, stringOr, stringsOf } from '../json/json-value.js';
import type { Source } from '../load/source.js';
import { isObject, joinPointer } from '../pointer.js';

/** What grants access to an operation. */
interface Security {
  readonly security: readonly SecurityAlternative[];
  readonly keys?: readonly CredentialPlace[];
  readonly offered?: readonly SecurityAlternative[];
}

/**
 * The security alternatives of an operation. A bearer token without scopes beside a requirement with scopes only says how
 * the token is sent (the official document has a bare bearer scheme on every operation), so it is left out. A key or a
 * password there is another way to get access.
 */
export function readSecurity(source: Source, operation: JsonObject, pointer: Pointer): Security {
  const alternatives = readAlternatives(source, operation, pointer);
  if (alternatives.length === 0) {
    const offered = offeredBy(source);
    return { security: [], ...(offered.length > 0 && { offered }) };
  }
  // `{}` means that no token is needed. A server may show more to callers with a token.
  const named = alternatives.filter(({ scheme }) => scheme !== '');
  if (named.length < alternatives.length) return { security: [], ...(named.length > 0 && { offered: named }) };
  const scoped = alternatives.filter(({ scopes }) => scopes.length > 0);
  if (scoped.length === 0) return { security: alternatives };
  const keys = alternatives.flatMap(({ scopes, place }) => (scopes.length > 0 || place === undefined ? [] : [place]));
  return { security: scoped, ...(keys.length > 0 && { keys }) };
}

/** The requirements of an operation, as they are written. */
function readAlternatives(source: Source, operation: JsonObject, pointer: Pointer): readonly SecurityAlternative[] {
  const own = operation.security;
  const requirements = own ?? source.document.security;
  const base = own === undefined ? '' : pointer;
  if (!Array.isArray(requirements)) return [];
  return requirements.flatMap((requirement: Json, index): readonly SecurityAlternative[] => {
    if (!isObject(requirement)) return [];
    const place = joinPointer(base, 'security', index);
    const evidence = source.evidenceAt(place);
    const schemes = Object.entries(requirement);
    const scopes = [...new Set(schemes.flatMap(([, names]) => stringsOf(names).flatMap(wordsOf)))];
    const scheme = schemes.map(([name]) => name).join('+');
    return [
      {
        scheme,
        ...carriedBy(schemeOf(source, schemes[0]?.[0])),
        scopes,
        disputed: evidence.grade === 'disputed',
        evidence,
        pointer: place,
      },
    ];
  });
}

/**
 * The scopes in a name: in a token, a space separates scopes.
 *
 * @see RFC 6749, section 3.3
 */
function wordsOf(scope: string): readonly string[] {
  return scope.split(/\s+/).filter((word) => word !== '');
}

/** The security scheme of this name; empty where the document has none. */
function schemeOf(source: Source, name: string | undefined): JsonObject {
  if (name === undefined) return {};
  const schemes = objectOr(objectOr(source.document.components).securitySchemes);
  const pointer = joinPointer('/components/securitySchemes', name);
  return Object.hasOwn(schemes, name) ? source.follow(schemes[name] ?? null, pointer).value : {};
}

/** What a scheme says of its credential. */
function carriedBy(scheme: JsonObject): Pick<SecurityAlternative, 'place' | 'jwt'> {
  const place = placeOf(scheme);
  return {
    ...(place === undefined ? {} : { place }),
    ...(stringOr(scheme.bearerFormat).toLowerCase() === 'jwt' && { jwt: true as const }),
  };
}

const knownOffers = new WeakMap<JsonObject, readonly SecurityAlternative[]>();

/**
 * The schemes of a document that has no `security` anywhere, if it is clear where a credential goes: those of the
 * `Authorization` header, or the only one.
 */
function offeredBy(source: Source): readonly SecurityAlternative[] {
  const { document } = source;
  const known = knownOffers.get(document);
  if (known !== undefined) return known;
  const names = hasSecurity(document) ? [] : Object.keys(objectOr(objectOr(document.components).securitySchemes));
  const schemes = names.map((name) => [name, schemeOf(source, name)] as const).filter(([, scheme]) => isSent(scheme));
  const tokens = schemes.filter(([, scheme]) => isForHeader(placeOf(scheme)));
  const offered = (tokens.length > 0 ? tokens : schemes).map(([name, scheme]): SecurityAlternative => {
    const pointer = joinPointer('/components/securitySchemes', name);
    const evidence = source.evidenceAt(pointer);
    return { scheme: name, ...carriedBy(scheme), scopes: [], disputed: false, evidence, pointer };
  });
  const clear = tokens.length > 0 || offered.length === 1 ? offered : [];
  knownOffers.set(document, clear);
  return clear;
}

function hasSecurity({ security, paths }: JsonObject): boolean {
  const operations = entriesOf(paths).flatMap(([, item]) => entriesOf(item).map(([, operation]) => operation));
  return security !== undefined || operations.some((each) => isObject(each) && each.security !== undefined);
}

function isSent(scheme: JsonObject): boolean {
  return scheme.type === 'apiKey' ? placeOf(scheme) !== undefined : SENT.has(stringOr(scheme.type));
}

const SENT: ReadonlySet<string> = new Set(['http', 'oauth2', 'openIdConnect']);

function isForHeader(place: CredentialPlace | undefined): boolean {
  return place === undefined || (place.in === 'header' && place.name.toLowerCase() === 'authorization');
}

/** Where a scheme takes its credential, if that is not a bearer token. */
function placeOf(scheme: JsonObject): CredentialPlace | undefined {
  if (scheme.type === 'http' && stringOr(scheme.scheme).toLowerCase() === 'basic') return { in: 'basic' };
  if (scheme.type !== 'apiKey' || typeof scheme.name !== 'string') return undefined;
  const { in: place, name: key } = scheme;
  return place === 'header' || place === 'query' || place === 'cookie' ? { in: place, name: key } : undefined;
}

/** Every scope of the contract, and the descriptions that the security schemes give. */
export function readScopes(
  source: Source,
  operations: readonly Operation[],
): { readonly scopes: readonly string[]; readonly descriptions: ReadonlyMap<string, string> } {
  const descriptions = new Map<string, string>();
  const components = objectOr(source.document.components);
  for (const [name, reference] of entriesOf(components.securitySchemes)) {
    const scheme = source.follow(reference, joinPointer('/components/securitySchemes', name)).value;
    for (const [, flow] of entriesOf(scheme.flows)) {
      for (const [scopes, description] of entriesOf(objectOr(flow).scopes))
        for (const scope of wordsOf(scopes)) descriptions.set(scope, stringOr(description));
    }
  }
  const needed = operations.flatMap(({ security }) => security.flatMap(({ scopes }) => scopes));
  return { scopes: [...new Set([...needed, ...descriptions.keys()])].sort(), descriptions };
}
