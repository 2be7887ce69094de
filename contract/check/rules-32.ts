import type { Json, JsonObject } from '../contract.js';
import { isSequential } from '../http/media-type.js';
import { isOfParts } from '../http/multipart-parts.js';
import { isUrl } from '../load/references.js';
import { isObject } from '../pointer.js';
import { type Flaw, type Mendable, READABLE } from './flaw.js';
import { METHODS } from './openapi.js';
import type { PointerTo } from './walk.js';

/** What OpenAPI 3.2 adds and is not used, or cannot be sent: each is a warning at its place. */

/** References by URL are only followed if the document has a whole URL. */
export function checkSelf({ $self }: JsonObject, at: PointerTo): readonly Flaw[] {
  if (typeof $self !== 'string' || isUrl($self)) return [];
  const message = `"$self" expected a whole URL, received ${JSON.stringify($self)}; references are resolved from the file`;
  return [{ pointer: at('$self'), message, mend: READABLE }];
}

/** Methods that `fetch` refuses. @see https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

export function checkAdditionalOperations(item: JsonObject, at: PointerTo): readonly Flaw[] {
  const { additionalOperations } = item;
  if (!isObject(additionalOperations)) return [];
  return Object.keys(additionalOperations).flatMap((method): readonly Flaw[] => {
    if (method.startsWith('x-')) return [];
    const pointer = at('additionalOperations', method);
    const left = { pointer, mend: (document: Mendable) => document.remove(pointer) };
    if (!TOKEN.test(method)) return [{ ...left, message: `"${method}" is not a method; expected a name such as COPY` }];
    const field = METHODS.find((name) => name === method.toLowerCase());
    if (field !== undefined) {
      return [{ ...left, message: `"${method}" has a field of its own; expected the operation under "${field}"` }];
    }
    if (!FORBIDDEN.includes(method.toUpperCase())) return [];
    const message = `"${method}" cannot be sent: fetch refuses it; the client has the method nevertheless`;
    return [{ pointer, message, mend: READABLE }];
  });
}

export function checkMediaType(media: JsonObject, at: PointerTo): readonly Flaw[] {
  const [type = ''] = (at().split('/').at(-1) ?? '').replaceAll('~1', '/').split(';');
  return [...checkPartEncodings(media, type, at), ...checkItemSchema(media, type, at)];
}

/** How the parts of a list are written: by the client in requests, and by the tenant. */
function checkPartEncodings(media: JsonObject, type: string, at: PointerTo): readonly Flaw[] {
  return (['prefixEncoding', 'itemEncoding'] as const).flatMap((name): readonly Flaw[] => {
    const value = media[name];
    if (value === undefined || !type.includes('/')) return [];
    const flaw = (message: string, ...below: readonly string[]) => ({
      pointer: at(name, ...below),
      message,
      mend: READABLE,
    });
    if (!isOfParts(type)) {
      const shown = JSON.stringify(type);
      return [flaw(`"${name}" is not used for ${shown}; expected it for parts without names, such as multipart/mixed`)];
    }
    const unread = at().includes('/responses/')
      ? [flaw(`"${name}" of an answer is not read: the client gives the bytes of the body as a stream`)]
      : [];
    const encodings = Array.isArray(value) ? value.map((each: Json, index) => [each, String(index)]) : [[value]];
    const unsent = encodings.flatMap(([encoding, ...below]) =>
      UNSENT.filter((field) => isObject(encoding) && encoding[field] !== undefined).map((field) =>
        flaw(
          `"${field}" of a part is not used: a part is sent with its content type alone`,
          ...below.map(String),
          field,
        ),
      ),
    );
    return [...unread, ...unsent];
  });
}

/** What an encoding may say besides the content type of a part. */
const UNSENT = ['headers', 'encoding', 'prefixEncoding', 'itemEncoding'] as const;

function checkItemSchema(media: JsonObject, type: string, at: PointerTo): readonly Flaw[] {
  if (media.itemSchema === undefined || !type.includes('/') || isSequential(type)) return [];
  const place = at('itemSchema');
  const isOfUnnamed = isOfParts(type);
  if (isOfUnnamed && media.schema === undefined) return [];
  const message = isOfUnnamed
    ? '"itemSchema" is not used beside "schema", which describes the list of parts'
    : `"itemSchema" is not used for ${JSON.stringify(type)}; expected it for a stream of values such as application/jsonl`;
  return [{ pointer: place, message, mend: (document) => document.remove(place) }];
}

export function checkParameter(parameter: JsonObject, at: PointerTo): readonly Flaw[] {
  if (parameter.in === 'querystring') {
    const types = isObject(parameter.content) ? Object.keys(parameter.content) : [];
    if (types.some((type) => /^application\/x-www-form-urlencoded\b/i.test(type))) return [];
    const shown = types[0] === undefined ? 'no media type' : JSON.stringify(types[0]);
    const message = `"querystring" expected application/x-www-form-urlencoded, received ${shown}; the client takes the encoded query as a string, and the tenant does not read it`;
    return [{ pointer: at('in'), message, mend: READABLE }];
  }
  if (parameter.style !== 'cookie') return serializedOnly(parameter, at);
  const message = '"style: cookie" is sent as "form": special characters in the value are percent-encoded';
  return [{ pointer: at('style'), message, mend: READABLE }, ...serializedOnly(parameter, at)];
}

/** How a parameter is written is its style's matter, so a serialized example says nothing of the value. */
function serializedOnly({ examples }: JsonObject, at: PointerTo): readonly Flaw[] {
  return Object.entries(isObject(examples) ? examples : {}).flatMap(([name, example]: [string, Json]) => {
    if (!isObject(example) || example.serializedValue === undefined) return [];
    if (example.value !== undefined || example.dataValue !== undefined) return [];
    const message = '"serializedValue" of a parameter is not read; expected "dataValue" beside it';
    return [{ pointer: at('examples', name, 'serializedValue'), message, mend: READABLE }];
  });
}

/** The client reads the token URL from the document, and does not fetch the metadata of an authorization server. */
export function checkMetadataUrl({ oauth2MetadataUrl, flows }: JsonObject, at: PointerTo): readonly Flaw[] {
  if (oauth2MetadataUrl === undefined) return [];
  if (isObject(flows) && isObject(flows.clientCredentials)) return [];
  const message =
    '"oauth2MetadataUrl" is not fetched: the client takes a token; with "flows.clientCredentials.tokenUrl" it gets its own';
  return [{ pointer: at('oauth2MetadataUrl'), message, mend: READABLE }];
}

export function checkTags(tags: Json | undefined, at: PointerTo): readonly Flaw[] {
  if (!Array.isArray(tags)) return [];
  const names = new Set(tags.map((tag) => (isObject(tag) ? tag.name : undefined)));
  return tags.flatMap((tag: Json, index): readonly Flaw[] => {
    if (!isObject(tag) || typeof tag.parent !== 'string' || names.has(tag.parent)) return [];
    const place = at('tags', String(index), 'parent');
    const message = `unknown tag "${tag.parent}"; expected the name of a tag in "tags"`;
    return [{ pointer: place, message, mend: (document) => document.remove(place) }];
  });
}
