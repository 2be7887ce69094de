import { METHODS } from '../check/openapi.js';
import type { Json, JsonObject } from '../contract.js';
import { entriesOf, listOr, stringOr, stringsOf } from '../json/json-value.js';
import type { Origins } from '../load/origins.js';
import { getPointer, isObject } from '../pointer.js';
import { isHost } from './check.js';
import { isOfBody } from './form.js';
import { inner, Moves, type Part } from './moves.js';
import { convertedParameter } from './parameter.js';
import { requestBodyOf } from './request-body.js';
import { convertedResponse } from './response.js';
import { isInSection, SECTIONS_OF_SWAGGER, type SwaggerSection } from './sections.js';
import { convertedScheme } from './security.js';

/** Whether a document is Swagger 2.0; its version may lack the quotes. */
export function isSwagger2({ swagger, openapi }: JsonObject): boolean {
  return openapi === undefined && (swagger === '2.0' || swagger === 2);
}

/**
 * Converts a bundled document from Swagger 2.0 to OpenAPI 3.0; another document is returned unchanged. What Swagger has no
 * word for, such as our keywords, may be under `components`, where an overlay puts it.
 *
 * @param origins where each part was written; it learns the same about the result
 * @see https://spec.openapis.org/oas/v2.0
 */
export function fromSwagger2(document: JsonObject, origins: Origins): JsonObject {
  return isSwagger2(document) ? new Conversion(document, new Moves(document, origins)).run() : document;
}

const ROOT = { pointer: '' };

/** The fields of a document that OpenAPI 3 has at another place. */
const OF_SWAGGER: ReadonlySet<string> = new Set([
  ...['swagger', 'host', 'basePath', 'schemes', 'consumes', 'produces'],
  ...Object.values(SECTIONS_OF_SWAGGER),
  'components',
]);

class Conversion {
  readonly #document: JsonObject;
  readonly #moves: Moves;
  /** Of operations that name no media types themselves. */
  readonly #usual: MediaTypes;

  constructor(document: JsonObject, moves: Moves) {
    this.#document = document;
    this.#moves = moves;
    this.#usual = { consumes: stringsOf(document.consumes), produces: stringsOf(document.produces) };
  }

  run(): JsonObject {
    const { paths, components, servers = serversOf(this.#document) } = this.#document;
    const rest = Object.entries(this.#document).filter(([name]) => !OF_SWAGGER.has(name));
    const result = {
      ...Object.fromEntries(rest),
      openapi: '3.0.3',
      ...(listOr(servers).length > 0 && { servers }),
      ...(paths !== undefined && {
        paths: this.#moves.mapWithExtensions(inner(ROOT, 'paths', paths), (item) => this.#pathItem(item)),
      }),
      components: this.#components(isObject(components) ? components : {}),
    };
    return this.#moves.made(result, ROOT);
  }

  #components(given: JsonObject): JsonObject {
    const sections = {
      ...given,
      ...this.#section('parameters', (parameter) => this.#parameter(parameter)),
      ...this.#section('responses', (response) => this.#response(response, this.#usual.produces)),
      ...this.#section('securitySchemes', (scheme) => convertedScheme(scheme, this.#moves)),
      // The last, since references in everything else may add to them.
      ...this.#schemas(),
    };
    const own = Object.entries(SECTIONS_OF_SWAGGER).filter(([, name]) => this.#document[name] !== undefined);
    return this.#moves.placed(
      sections,
      own.map(([name, written]) => [name, inner(ROOT, written, null)] as const),
    );
  }

  #schemas(): JsonObject {
    const { schemas } = this.#section('schemas', (schema) => this.#moves.schema(schema));
    const hoisted = [...this.#moves.hoistedSchemas()];
    if (hoisted.length === 0) return schemas === undefined ? {} : { schemas };
    const all = Object.fromEntries([...entriesOf(schemas), ...hoisted]);
    if (isObject(schemas)) this.#moves.keep(schemas, all);
    return { schemas: all };
  }

  /** What a section of Swagger has, and what files and overlays added to the section of OpenAPI 3. */
  #section(name: SwaggerSection, convert: (entry: Part) => Json): JsonObject {
    const pointers = [`/${SECTIONS_OF_SWAGGER[name]}`, `/components/${name}`];
    const parts = pointers.flatMap((pointer): Part[] => {
      const value = getPointer(this.#document, pointer);
      return value === undefined ? [] : [{ value: separate(value), pointer }];
    });
    const [first] = parts;
    if (first === undefined) return {};
    if (parts.some(({ value }) => !isObject(value))) return { [name]: first.value };
    const entries = parts.flatMap((part) => entriesOf(this.#moves.map(part, convert)));
    const places = parts.flatMap((part) =>
      entriesOf(part.value).map(([key]) => [key, inner(part, key, null)] as const),
    );
    return { [name]: this.#moves.placed(this.#moves.made(Object.fromEntries(entries), first), places) };
  }

  #pathItem(part: Part): Json {
    if (!isObject(part.value)) return part.value;
    const { parameters, ...rest } = part.value;
    const shared = this.#parametersIn(part);
    const item = Object.entries(rest).map(([name, value]): [string, Json] => [
      name,
      isMethod(name) ? this.#operation(inner(part, name, value), shared) : value,
    ]);
    return this.#moves.made({ ...Object.fromEntries(item), ...this.#listOf(parameters, shared) }, part);
  }

  /** What a list of parameters has besides the body and its fields; another value stays, for a check to find it. */
  #listOf(written: Json | undefined, parameters: readonly Part[]): JsonObject {
    if (written !== undefined && !Array.isArray(written)) return { parameters: written };
    const others = parameters.filter((parameter) => !this.#isOfBody(parameter));
    if (others.length === 0) return {};
    const list = others.map((parameter) => this.#parameter(parameter));
    return { parameters: this.#moves.placed(list, others.entries()) };
  }

  #operation(part: Part, ofPath: readonly Part[]): Json {
    if (!isObject(part.value)) return part.value;
    const { consumes, produces, schemes: _, parameters, responses, ...rest } = part.value;
    const types = {
      consumes: Array.isArray(consumes) ? stringsOf(consumes) : this.#usual.consumes,
      produces: Array.isArray(produces) ? stringsOf(produces) : this.#usual.produces,
    };
    const own = this.#parametersIn(part);
    const requestBody = requestBodyOf(this.#bodyOf(own, ofPath), types.consumes, this.#moves);
    return this.#moves.made(
      {
        ...rest,
        ...this.#listOf(parameters, own),
        ...(requestBody !== undefined && { requestBody }),
        ...(responses !== undefined && {
          responses: this.#moves.mapWithExtensions(inner(part, 'responses', responses), (it) =>
            this.#response(it, types.produces),
          ),
        }),
      },
      part,
    );
  }

  #parametersIn(part: Part): readonly Part[] {
    const list = isObject(part.value) ? listOr(part.value.parameters) : [];
    const place = inner(part, 'parameters', null);
    return list.map((value, index) => inner(place, index, value));
  }

  #isOfBody(parameter: Part): boolean {
    const { value } = this.#moves.followed(parameter);
    return isObject(value) && isOfBody(value.in);
  }

  /**
   * The parameters of an operation that are its body or fields of it, and those of its path that it does not replace: a
   * body replaces a form, and a form a body.
   */
  #bodyOf(own: readonly Part[], ofPath: readonly Part[]): readonly Part<JsonObject>[] {
    const written = own.flatMap((parameter) => this.#partOfBody(parameter));
    const shared = ofPath.flatMap((parameter) => this.#partOfBody(parameter));
    const place = (written[0] ?? shared[0])?.value.in;
    const all = new Map<string, Part<JsonObject>>();
    for (const part of [...written, ...shared]) {
      const name = place === 'body' ? '' : stringOr(part.value.name);
      const isUnnamed = place === 'formData' && typeof part.value.name !== 'string';
      if (part.value.in === place && !isUnnamed && !all.has(name)) all.set(name, part);
    }
    return [...all.values()];
  }

  #partOfBody(parameter: Part): readonly Part<JsonObject>[] {
    const { value, pointer } = this.#moves.followed(parameter);
    return isObject(value) && isOfBody(value.in) ? [{ value, pointer }] : [];
  }

  #parameter(part: Part): Json {
    const { value, pointer } = part;
    if (!isObject(value)) return value;
    if (typeof value.$ref !== 'string') return convertedParameter({ value, pointer }, this.#moves);
    const target = this.#moves.followed(part);
    // The entries of another list of parameters may move, those of the section do not.
    const isShared = isInSection(target.pointer) || target === part || !isObject(target.value);
    return isShared
      ? this.#moves.made({ ...value, $ref: this.#moves.reference(value.$ref) }, part)
      : convertedParameter({ value: target.value, pointer: target.pointer }, this.#moves);
  }

  /** A shared response has the usual media types: an operation with others gets a copy. */
  #response(part: Part, produces: readonly string[]): Json {
    if (!isObject(part.value) || typeof part.value.$ref !== 'string') {
      return convertedResponse(part, produces, this.#moves);
    }
    const $ref = this.#moves.reference(part.value.$ref);
    const target = this.#moves.followed(part);
    const isShared =
      produces === this.#usual.produces || target === part || (isInSection(target.pointer) && !isResponse(target));
    return isShared
      ? this.#moves.made({ ...part.value, $ref }, part)
      : convertedResponse(target, produces, this.#moves);
  }
}

interface MediaTypes {
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
}

/** Whether a part of a section is a response: a reference to another one is wrong. */
function isResponse({ pointer }: Part): boolean {
  return pointer.startsWith('/responses/') || pointer.startsWith('/components/responses/');
}

function isMethod(name: string): boolean {
  return METHODS.some((method) => method === name);
}

/** A section without the parameters that are a body or a field of one: they become part of each operation. */
function separate(section: Json): Json {
  if (!isObject(section)) return section;
  return Object.fromEntries(Object.entries(section).filter(([, value]) => !(isObject(value) && isOfBody(value.in))));
}

/** A URL for each scheme; a document that names no host is about the one that it comes from. */
function serversOf({ host, basePath, schemes }: JsonObject): readonly JsonObject[] {
  const written = stringOr(basePath);
  const path = written === '' || written.startsWith('/') ? written : `/${written}`;
  if (typeof host !== 'string' || host === '' || !isHost(host)) return path === '' ? [] : [{ url: path }];
  const names = stringsOf(schemes);
  return (names.length > 0 ? names : ['https']).map((scheme) => ({ url: `${scheme}://${host}${path}` }));
}
