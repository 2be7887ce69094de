import { referred } from '../check/path-parameters.js';
import { type PointerTo, SKIP, walk } from '../check/walk.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { isOfParts } from '../http/multipart-parts.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../pointer.js';
import { DocumentChanges, type OnCopy } from './mendable.js';

/** Marks a query parameter whose object is the whole query: `in: querystring`, as a form. */
export const WHOLE_QUERY = 'x-rolecall-whole-query';

/** A rewriting of one kind of object. */
type Rewrite = (value: JsonObject, at: PointerTo, context: Context) => void;

interface Context {
  readonly document: JsonObject;
  readonly changes: DocumentChanges;
  /** Security schemes that a requirement names by a reference to another place than `components`, by name. */
  readonly schemes: Map<string, Json>;
}

/**
 * Rewrites what OpenAPI 3.2 adds where 3.1 has another word for it, in a document of any version: media types by
 * reference, data and serialized values of examples, the summary of a response, the query as a form, and security
 * schemes by reference. What 3.1 cannot say stays: other methods, and the schema of the items of a stream.
 *
 * @param onCopy called with each object and its copy
 * @see https://spec.openapis.org/oas/v3.2.0.html
 */
export function fromDialect32(document: JsonObject, onCopy: OnCopy): JsonObject {
  const context: Context = { document, changes: new DocumentChanges(), schemes: new Map() };
  walk(document, (kind, value, at) => {
    if (kind === 'schema') return SKIP;
    REWRITES[kind]?.(value, at, context);
    return undefined;
  });
  for (const [name, scheme] of context.schemes) {
    context.changes.set(joinPointer('/components/securitySchemes', name), scheme);
  }
  return context.changes.applyTo(document, onCopy);
}

const REWRITES: Readonly<Record<string, Rewrite>> = {
  document: rewriteSecurity,
  operation: rewriteSecurity,
  'media-type': rewriteMediaType,
  parameter: rewriteParameter,
  example: rewriteExample,
  response: rewriteResponse,
};

/** References to media types are replaced by their target: 3.1 allows none. Under `components` nothing reads them. */
function rewriteMediaType(value: JsonObject, at: PointerTo, { document, changes }: Context): void {
  const place = at();
  if (place.startsWith('/components/mediaTypes/')) return;
  const found = referred(document, value);
  if (!isObject(found)) return;
  const media = withPartList(found, place);
  const examples = serializedExamples(document, media, place);
  if (media === value && examples === undefined) return;
  changes.set(place, examples === undefined ? media : { ...media, examples });
}

/** A multipart body whose parts have no names is a list, whether or not it is meant to be read as a stream. */
function withPartList(value: JsonObject, place: Pointer): JsonObject {
  const { itemSchema, ...media } = value;
  if (itemSchema === undefined || media.schema !== undefined || !isOfParts(splitPointer(place).at(-1) ?? ''))
    return value;
  return { ...media, schema: { type: 'array', items: itemSchema } };
}

/** Examples that have only a serialized value, with the value itself: only the media type says how to read it. */
function serializedExamples(document: JsonObject, { examples }: JsonObject, place: Pointer): JsonObject | undefined {
  if (!isObject(examples)) return undefined;
  const isJson = /(?:~1|\+)json(?:;|$)/i.test(place);
  const entries = Object.entries(examples).map(([name, entry]): readonly [string, Json] => {
    const example = referred(document, entry);
    if (!isObject(example)) return [name, entry];
    const { value, dataValue, serializedValue } = example;
    if (value !== undefined) return [name, entry];
    if (dataValue !== undefined) return [name, { ...example, value: dataValue }];
    if (typeof serializedValue !== 'string') return [name, entry];
    const parsed = isJson ? parsedOr(serializedValue) : serializedValue;
    return [name, parsed === undefined ? entry : { ...example, value: parsed }];
  });
  const isSame = entries.every(([name, entry]) => entry === examples[name]);
  return isSame ? undefined : Object.fromEntries(entries);
}

function parsedOr(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function rewriteExample({ value, dataValue }: JsonObject, at: PointerTo, { changes }: Context): void {
  if (value === undefined && dataValue !== undefined) changes.set(at('value'), dataValue);
}

function rewriteResponse({ $ref, description, summary }: JsonObject, at: PointerTo, { changes }: Context): void {
  if (typeof summary === 'string' && $ref === undefined && (description === undefined || description === ''))
    changes.set(at('description'), summary);
}

/** A query that is a form is the same as one exploded object in `query`, the style of which is `form`. */
function rewriteParameter(value: JsonObject, at: PointerTo, { document, changes }: Context): void {
  if (value.in !== 'querystring') return;
  const [type = '', reference = null] = Object.entries(isObject(value.content) ? value.content : {})[0] ?? [];
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return;
  const media = referred(document, reference);
  if (!isObject(media)) return;
  const { content, in: _, ...rest } = value;
  const { schema = {}, example, examples } = media;
  changes.set(at(), {
    ...rest,
    in: 'query',
    style: 'form',
    explode: true,
    schema,
    ...(example === undefined ? {} : { example }),
    ...(examples === undefined ? {} : { examples }),
    [WHOLE_QUERY]: true,
  });
}

/** `#/components/securitySchemes/key` becomes `key`. A name that a scheme has is never a reference. */
function rewriteSecurity(value: JsonObject, at: PointerTo, { document, changes, schemes }: Context): void {
  const known = getPointer(document, '/components/securitySchemes');
  if (!Array.isArray(value.security)) return;
  value.security.forEach((requirement: Json, index) => {
    if (!isObject(requirement) || !Object.keys(requirement).some((name) => name.startsWith('#/'))) return;
    const renamed = Object.entries(requirement).map(([name, scopes]): readonly [string, Json] => {
      if (!name.startsWith('#/') || (isObject(known) && Object.hasOwn(known, name))) return [name, scopes];
      const own = /^#\/components\/securitySchemes\/([^/]+)$/.exec(name)?.[1];
      if (own !== undefined) return [own.replaceAll('~1', '/').replaceAll('~0', '~'), scopes];
      const scheme = getPointer(document, name.slice(1));
      if (scheme === undefined) return [name, scopes];
      schemes.set(name, scheme);
      return [name, scopes];
    });
    changes.set(at('security', String(index)), Object.fromEntries(renamed));
  });
}
