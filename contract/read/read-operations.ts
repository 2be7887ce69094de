import { operationsOf } from '../check/openapi.js';
import type {
  Encoding,
  Json,
  JsonObject,
  MediaType,
  Method,
  NamedExample,
  Operation,
  Parameter,
  ParameterPlace,
  PartEncodings,
  Pointer,
  Problem,
  QueryRole,
  RequestBody,
  Response,
  ResponseHeader,
  Schema,
} from '../contract.js';
import { weaker } from '../evidence.js';
import { isJson, isXml } from '../http/media-type.js';
import { isOfParts } from '../http/multipart-parts.js';
import { entriesOf, objectOr, stringOr, stringsOf } from '../json/json-value.js';
import { readKinds } from '../kinds.js';
import { lazy } from '../lazy.js';
import { WHOLE_QUERY } from '../load/dialect-32.js';
import { type Source, serverPathOf } from '../load/source.js';
import { isObject, joinPointer } from '../pointer.js';
import { fileProperties } from '../schema/file-properties.js';
import { onlyValue } from '../schema/only-value.js';
import { xmlShape } from '../xml/xml-shape.js';
import { readEffect, readNames } from './read-effect.js';
import { readSecurity } from './read-security.js';
import { readMentions } from './read-vocabulary.js';

/** What all operations share. */
interface Shared {
  readonly problems: ReadonlyMap<string, Problem>;
  readonly serverPath: string;
}

/** Every operation of the document, in the order of its paths. */
export function readOperations(source: Source, shared: Shared): readonly Operation[] {
  const taken = new Set<string>();
  return entriesOf(source.document.paths).flatMap(([path, reference]) => {
    if (isExtension(path)) return [];
    const { value: item, pointer } = source.follow(reference, joinPointer('/paths', path));
    return operationsOf(item).map(({ method, below, operation }) => {
      const read = readOperation(source, shared, {
        id: unique(stringOr(objectOr(operation).operationId) || nameOf(method, path), taken),
        path,
        item,
        itemPointer: pointer,
        method,
        operation: objectOr(operation),
        pointer: joinPointer(pointer, ...below),
      });
      return read;
    });
  });
}

/** An extension among paths or statuses. */
function isExtension(name: string): boolean {
  return name.startsWith('x-');
}

/** An operation, and where it is written. */
interface OperationSite {
  readonly id: string;
  readonly path: string;
  readonly item: JsonObject;
  readonly itemPointer: Pointer;
  readonly method: Method;
  readonly operation: JsonObject;
  readonly pointer: Pointer;
}

function readOperation(source: Source, shared: Shared, place: OperationSite): Operation {
  const { id, path, item, method, operation, pointer } = place;
  const servers = [operation, item].find((value) => Array.isArray(value.servers));
  const serverPath = servers === undefined ? shared.serverPath : serverPathOf(servers);
  const components = objectOr(source.document.components);
  const isNamed = (keyword: string, name: string): boolean => Object.hasOwn(objectOr(components[keyword]), name);
  const effect = readEffect(operation, pointer, (name) =>
    isNamed('x-relations', name) ? 'relation' : isNamed('x-resources', name) ? 'resource' : undefined,
  );
  const names = readNames(operation);
  const mentions = effect === undefined ? readMentions(objectOr(operation['x-effect']).mentions) : [];
  const requestBody = readRequestBody(source, operation.requestBody, joinPointer(pointer, 'requestBody'));
  // Most of an operation are its responses, and many who read a contract need none of them, or those of few operations.
  const responses = lazy(() =>
    entriesOf(operation.responses).flatMap(([status, response]) =>
      isExtension(status)
        ? []
        : [readResponse(source, shared.problems, [status, response], joinPointer(pointer, 'responses', status))],
    ),
  );
  return {
    id,
    method,
    path,
    route: `${serverPath}${sentPath(path)}`,
    summary: stringOr(operation.summary),
    description: stringOr(operation.description),
    tags: stringsOf(operation.tags),
    deprecated: operation.deprecated === true,
    ...readParameters(source, place),
    ...(typeof operation['x-rate-group'] === 'string' ? { rateGroup: operation['x-rate-group'] } : {}),
    ...(requestBody === undefined ? {} : { requestBody }),
    get responses() {
      return responses();
    },
    ...readSecurity(source, operation, pointer),
    ...(effect === undefined ? {} : { effect }),
    ...(names === undefined ? {} : { names }),
    ...(mentions.length === 0 ? {} : { mentions }),
    pointer,
  };
}

/** A path as requests have it: documents use a query or a fragment to tell operations of one path apart. */
function sentPath(path: string): string {
  return path.replace(/[?#].*$/, '');
}

/** The query that a path names, as parameters with one value each: `/jobs?action=start`. */
function parametersInPath({ path, item, operation, itemPointer }: OperationSite): readonly Parameter[] {
  const [, query = ''] = /^[^#?]*\?([^#]*)/.exec(path) ?? [];
  const declared = [item, operation].flatMap(({ parameters }) => (Array.isArray(parameters) ? parameters : []));
  return [...new URLSearchParams(query)].flatMap(([name, value]) => {
    // A template is a parameter of its own, which the document declares.
    const isDeclared = /[{}]/.test(name + value) || declared.some((each) => isObject(each) && each.name === name);
    if (isDeclared) return [];
    const schema = { type: 'string', const: value };
    const place = { in: 'query', required: true, deprecated: false, pointer: itemPointer } as const;
    return [{ ...place, name, description: '', schema }];
  });
}

/** The id of an operation without operationId: `getShelvesIdBooks` for `GET /shelves/{id}/books`. */
function nameOf(method: Method, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function unique(id: string, taken: Set<string>): string {
  let name = id;
  for (let n = 2; taken.has(name); n++) name = `${id}${n}`;
  taken.add(name);
  return name;
}

/** The parameters of the path and of the operation, which replace those of the path with the same name and place. */
function readParameters(source: Source, site: OperationSite): Pick<Operation, 'parameters' | 'queryText'> {
  const { item, itemPointer, operation, pointer } = site;
  const parameters = new Map<string, Parameter>();
  let queryText: Parameter | undefined;
  const levels: readonly (readonly [JsonObject, Pointer])[] = [
    [item, itemPointer],
    [operation, pointer],
  ];
  for (const [owner, base] of levels) {
    const list = Array.isArray(owner.parameters) ? owner.parameters : [];
    list.forEach((reference: Json, index) => {
      const place = joinPointer(base, 'parameters', index);
      const parameter = readParameter(source, reference, place);
      // The dialect has made query parameters of those that are forms.
      if (source.follow(reference, place).value.in === 'querystring') queryText = { ...parameter, in: 'query' };
      else parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    });
  }
  return {
    parameters: [...parameters.values(), ...parametersInPath(site)],
    ...(queryText && { queryText }),
  };
}

function readParameter(source: Source, reference: Json, place: Pointer): Parameter {
  const { value, pointer } = source.follow(reference, place);
  const schema = objectOr(value.schema ?? objectOr(entriesOf(value.content)[0]?.[1]).schema);
  const example = exampleOf(source, value) ?? firstExample(source.follow(schema, pointer).value);
  const query = readQuery(value['x-query']);
  const followed = (given: JsonObject): JsonObject => source.follow(given, pointer).value;
  const only = value.in === 'path' ? onlyValue(schema, followed) : undefined;
  return {
    name: stringOr(value.name),
    in: stringOr(value.in) as ParameterPlace, // checkStructure allows no others
    required: value.required === true || value.in === 'path',
    description: describedBy(reference, value),
    schema,
    ...(only === undefined ? {} : { only }),
    ...(example === undefined ? {} : { example }),
    ...(query === undefined ? {} : { query }),
    ...(typeof value.style === 'string' ? { style: value.style } : {}),
    ...(typeof value.explode === 'boolean' ? { explode: value.explode } : {}),
    ...(isObject(value.content) ? { json: true as const } : {}),
    ...(value[WHOLE_QUERY] === true ? { isWholeQuery: true as const } : {}),
    deprecated: value.deprecated === true,
    ...(value['x-sdk-ignore'] === true ? { isSdkIgnored: true as const } : {}),
    pointer,
  };
}

/** A reference may have a description of its own. @see OpenAPI 3.1, section 4.8.23 */
function describedBy(reference: Json, { description }: JsonObject): string {
  return stringOr(isObject(reference) ? reference.description : undefined) || stringOr(description);
}

function readQuery(value: Json | undefined): QueryRole | undefined {
  if (value === 'fields') return { kind: 'fields', always: [] };
  if (typeof value === 'string') return { kind: value } as QueryRole; // the vocabulary's schema allows no others
  const { filter, match, fields, search, finds } = objectOr(value);
  if (typeof search === 'string') {
    return { kind: 'search', hook: search, ...(typeof finds === 'string' ? { finds } : {}) };
  }
  if (isObject(fields)) return { kind: 'fields', always: stringsOf(fields.always) };
  const properties = typeof filter === 'string' ? [filter] : stringsOf(filter);
  return properties.length === 0 ? undefined : ({ kind: 'filter', properties, match } as QueryRole); // as above
}

function readRequestBody(source: Source, reference: Json | undefined, place: Pointer): RequestBody | undefined {
  if (reference === undefined) return undefined;
  const { value, pointer } = source.follow(reference, place);
  return {
    required: value.required === true,
    description: stringOr(value.description),
    content: readContent(source, value.content),
    pointer,
  };
}

function readContent(source: Source, value: Json | undefined): readonly MediaType[] {
  return entriesOf(value).map(([type, entry]) => {
    const media = objectOr(entry);
    const schema = objectOr(media.schema);
    const example = exampleOf(source, media) ?? firstExample(source.follow(schema, '').value);
    const name = (type.split(';')[0] ?? type).trim().toLowerCase();
    const items = media.itemSchema === undefined ? {} : { itemSchema: objectOr(media.itemSchema) };
    const encoding = isObject(media.encoding) ? { encoding: readEncoding(source, media.encoding) } : {};
    const follow = (one: Schema): Schema => source.follow(one, '').value;
    const files = name.startsWith('multipart/') ? fileProperties(schema, follow) : [];
    const parts = partsOf(source, name, media);
    const xml = isXml(name) ? { xml: xmlShape(source, schema) } : {};
    const examples = namedExamples(source, media);
    const kinds = readKinds(source.follow(schema, '').value);
    return {
      type: name,
      schema,
      ...(kinds.size === 0 ? {} : { kinds }),
      ...items,
      ...encoding,
      ...(files.length === 0 ? {} : { files }),
      ...(parts === undefined ? {} : { parts }),
      ...xml,
      ...(example === undefined ? {} : { example }),
      ...(examples.length < 2 ? {} : { examples }),
    };
  });
}

function namedExamples(source: Source, media: JsonObject): readonly NamedExample[] {
  return entriesOf(media.examples).flatMap(([name, entry]) => {
    const { value, summary } = source.follow(entry, '').value;
    return value === undefined ? [] : [{ summary: stringOr(summary, name), value }];
  });
}

/** The parts of a body without names, if it is a list of such. */
function partsOf(source: Source, type: string, media: JsonObject): PartEncodings | undefined {
  const { prefixEncoding, itemEncoding } = media;
  const { type: of } = source.follow(objectOr(media.schema), '').value;
  const isList = [of].flat().includes('array') || prefixEncoding !== undefined || itemEncoding !== undefined;
  if (!isOfParts(type) || !isList) return undefined;
  const prefix = (Array.isArray(prefixEncoding) ? prefixEncoding : []).map((entry: Json) => encodingOf(source, entry));
  return { prefix, ...(isObject(itemEncoding) ? { items: encodingOf(source, itemEncoding) } : {}) };
}

function readEncoding(source: Source, value: JsonObject): Readonly<Record<string, Encoding>> {
  return Object.fromEntries(Object.entries(value).map(([property, entry]) => [property, encodingOf(source, entry)]));
}

function encodingOf(source: Source, value: Json): Encoding {
  const { contentType, style, explode, headers } = objectOr(value);
  return {
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(typeof style === 'string' ? { style } : {}),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    headers: entriesOf(headers).map(([name, header]) => readHeader(source, name, header, '')),
  };
}

function exampleOf(source: Source, value: JsonObject): Json | undefined {
  if (value.example !== undefined) return value.example;
  for (const [, example] of entriesOf(value.examples)) {
    const shown = source.follow(example, '').value.value;
    if (shown !== undefined) return shown;
  }
  return undefined;
}

function firstExample(schema: JsonObject): Json | undefined {
  return Array.isArray(schema.examples) ? schema.examples[0] : schema.example;
}

function readResponse(
  source: Source,
  problems: Shared['problems'],
  [status, reference]: readonly [string, Json],
  place: Pointer,
): Response {
  const { value, pointer } = source.follow(reference, place);
  return {
    status,
    description: describedBy(reference, value),
    headers: entriesOf(value.headers).map(([name, header]) =>
      readHeader(source, name, header, joinPointer(pointer, 'headers', name)),
    ),
    content: readContent(source, value.content),
    problems: readCauses(source, problems, stringsOf(value['x-problems']), place),
    evidence: source.evidenceAt(place),
    pointer,
  };
}

/**
 * The problems of the catalogue that a response lists. A problem may be well known, but not that it occurs here: its
 * evidence is what the operation says about it, or else the weaker of the problem's and the response's evidence.
 */
function readCauses(
  source: Source,
  problems: ReadonlyMap<string, Problem>,
  names: readonly string[],
  place: Pointer,
): readonly Problem[] {
  return names.flatMap((name, index) => {
    const problem = problems.get(name);
    if (problem === undefined) return [];
    const exact = source.exactEvidenceAt(joinPointer(place, 'x-problems', index));
    return [{ ...problem, evidence: exact ?? weaker(problem.evidence, source.evidenceAt(place)) }];
  });
}

function readHeader(source: Source, name: string, reference: Json, place: Pointer): ResponseHeader {
  const { value } = source.follow(reference, place);
  return {
    name: name.toLowerCase(),
    required: value.required === true,
    description: stringOr(value.description),
    ...headerSchema(value),
    ...(value.explode === true ? { explode: true } : {}),
  };
}

/** A header has a schema, or one media type with a schema. */
function headerSchema({ schema, content }: JsonObject): Pick<ResponseHeader, 'schema' | 'json'> {
  const [[type, media] = []] = isObject(content) ? Object.entries(content) : [];
  if (type === undefined) return { schema: objectOr(schema) };
  return isJson(type) ? { schema: objectOr(objectOr(media).schema), json: true } : { schema: {} };
}
