import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';

/**
 * The objects of OpenAPI 3.x as a table: what each field holds. One table drives bundling (which section a reference is
 * hoisted to), the check of the structure, and every walk over a document.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#openapi-object
 */

export type ObjectKind =
  | 'document'
  | 'info'
  | 'server'
  | 'tag'
  | 'components'
  | 'paths'
  | 'path-item'
  | 'operation'
  | 'parameter'
  | 'header'
  | 'request-body'
  | 'media-type'
  | 'responses'
  | 'response'
  | 'example'
  | 'link'
  | 'callback'
  | 'security-scheme'
  | 'flows'
  | 'flow'
  | 'schema';

type Plain = 'string' | 'boolean' | 'number' | 'count' | 'object' | 'list' | 'strings' | 'any';

/** `one`: an object of that kind; `list`: a list of them; `map`: an object whose values are of that kind. */
export type Field =
  | { readonly is: Plain }
  | { readonly is: 'one' | 'list-of' | 'map-of'; readonly kind: ObjectKind }
  | { readonly is: 'word'; readonly of: readonly string[] }
  | { readonly is: 'schema-type' | 'schema-or-boolean' | 'security' };

export interface ObjectShape {
  readonly fields: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
  /** Fields with any other name hold this, such as the paths of a callback. */
  readonly others?: Field;
}

const plain = (is: Plain): Field => ({ is });
const one = (kind: ObjectKind): Field => ({ is: 'one', kind });
const listOf = (kind: ObjectKind): Field => ({ is: 'list-of', kind });
const mapOf = (kind: ObjectKind): Field => ({ is: 'map-of', kind });

const word = (...of: readonly string[]): Field => ({ is: 'word', of });

const string = plain('string');
const boolean = plain('boolean');
const number = plain('number');
/** A length or a number of items. */
const count = plain('count');
const any = plain('any');
const schemaOrBoolean: Field = { is: 'schema-or-boolean' };

const described: Readonly<Record<string, Field>> = { summary: string, description: string };

const parameterLike: Readonly<Record<string, Field>> = {
  description: string,
  required: boolean,
  deprecated: boolean,
  allowEmptyValue: boolean,
  allowReserved: boolean,
  style: string,
  explode: boolean,
  schema: schemaOrBoolean,
  content: mapOf('media-type'),
  example: any,
  examples: mapOf('example'),
};

/** The fields of a path item that hold an operation each; operations of other methods are in `additionalOperations`. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

export const SHAPES: Readonly<Record<ObjectKind, ObjectShape>> = {
  document: {
    required: ['openapi', 'info'],
    fields: {
      openapi: string,
      $self: string,
      info: one('info'),
      servers: listOf('server'),
      tags: listOf('tag'),
      security: { is: 'security' },
      paths: one('paths'),
      webhooks: mapOf('path-item'),
      components: one('components'),
    },
  },
  info: { required: ['title', 'version'], fields: { title: string, version: string, ...described } },
  server: {
    required: ['url'],
    fields: { url: string, name: string, description: string, variables: plain('object') },
  },
  tag: { required: ['name'], fields: { name: string, parent: string, kind: string, ...described } },
  components: {
    required: [],
    fields: {
      schemas: mapOf('schema'),
      parameters: mapOf('parameter'),
      headers: mapOf('header'),
      requestBodies: mapOf('request-body'),
      responses: mapOf('response'),
      examples: mapOf('example'),
      links: mapOf('link'),
      callbacks: mapOf('callback'),
      securitySchemes: mapOf('security-scheme'),
      pathItems: mapOf('path-item'),
      mediaTypes: mapOf('media-type'),
    },
  },
  paths: { required: [], fields: {}, others: one('path-item') },
  'path-item': {
    required: [],
    fields: {
      ...described,
      servers: listOf('server'),
      parameters: listOf('parameter'),
      ...Object.fromEntries(METHODS.map((method) => [method, one('operation')])),
      additionalOperations: mapOf('operation'),
    },
  },
  operation: {
    required: [],
    fields: {
      ...described,
      operationId: string,
      tags: plain('strings'),
      deprecated: boolean,
      parameters: listOf('parameter'),
      requestBody: one('request-body'),
      responses: one('responses'),
      callbacks: mapOf('callback'),
      security: { is: 'security' },
      servers: listOf('server'),
    },
  },
  parameter: {
    required: ['name', 'in'],
    fields: { name: string, in: word('path', 'query', 'header', 'cookie', 'querystring'), ...parameterLike },
  },
  header: { required: [], fields: parameterLike },
  'request-body': {
    required: ['content'],
    fields: { description: string, required: boolean, content: mapOf('media-type') },
  },
  'media-type': {
    required: [],
    fields: {
      schema: schemaOrBoolean,
      itemSchema: schemaOrBoolean,
      example: any,
      examples: mapOf('example'),
      encoding: plain('object'),
      prefixEncoding: plain('list'),
      itemEncoding: plain('object'),
    },
  },
  responses: { required: [], fields: {}, others: one('response') },
  response: {
    required: ['description'],
    fields: {
      ...described,
      headers: mapOf('header'),
      content: mapOf('media-type'),
      links: mapOf('link'),
    },
  },
  example: {
    required: [],
    fields: { ...described, value: any, dataValue: any, serializedValue: string, externalValue: string },
  },
  link: { required: [], fields: { description: string, operationId: string } },
  callback: { required: [], fields: {}, others: one('path-item') },
  'security-scheme': {
    required: ['type'],
    fields: {
      type: string,
      description: string,
      name: string,
      in: string,
      scheme: string,
      bearerFormat: string,
      openIdConnectUrl: string,
      oauth2MetadataUrl: string,
      deprecated: boolean,
      flows: one('flows'),
    },
  },
  flows: {
    required: [],
    fields: {
      implicit: one('flow'),
      password: one('flow'),
      clientCredentials: one('flow'),
      authorizationCode: one('flow'),
      deviceAuthorization: one('flow'),
    },
  },
  flow: {
    required: ['scopes'],
    fields: {
      authorizationUrl: string,
      deviceAuthorizationUrl: string,
      tokenUrl: string,
      refreshUrl: string,
      scopes: plain('object'),
    },
  },
  schema: {
    required: [],
    fields: {
      type: { is: 'schema-type' },
      title: string,
      description: string,
      format: string,
      pattern: string,
      enum: plain('list'),
      const: any,
      default: any,
      example: any,
      examples: any,
      minLength: count,
      maxLength: count,
      minItems: count,
      maxItems: count,
      minProperties: count,
      maxProperties: count,
      minimum: number,
      maximum: number,
      exclusiveMinimum: any,
      exclusiveMaximum: any,
      multipleOf: number,
      minContains: count,
      maxContains: count,
      dependentRequired: plain('object'),
      uniqueItems: boolean,
      required: plain('strings'),
      nullable: boolean,
      readOnly: boolean,
      writeOnly: boolean,
      deprecated: boolean,
      properties: mapOf('schema'),
      patternProperties: mapOf('schema'),
      $defs: mapOf('schema'),
      dependentSchemas: mapOf('schema'),
      items: schemaOrBoolean,
      additionalProperties: schemaOrBoolean,
      unevaluatedProperties: schemaOrBoolean,
      unevaluatedItems: schemaOrBoolean,
      propertyNames: schemaOrBoolean,
      contains: schemaOrBoolean,
      not: schemaOrBoolean,
      if: schemaOrBoolean,
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: schemaOrBoolean,
      else: schemaOrBoolean,
      allOf: listOf('schema'),
      anyOf: listOf('schema'),
      oneOf: listOf('schema'),
      prefixItems: listOf('schema'),
    },
  },
};

/** Fields that OpenAPI 3.0 requires and 3.1 does not. */
export const REQUIRED_IN_30: Partial<Readonly<Record<ObjectKind, readonly string[]>>> = {
  document: ['paths'],
  operation: ['responses'],
};

/** Fields that OpenAPI 3.0 and 3.1 require and 3.2 does not. */
export const OPTIONAL_IN_32: Partial<Readonly<Record<ObjectKind, readonly string[]>>> = {
  response: ['description'],
};

/** The section of `components` for objects of a kind, to which references to other files are hoisted. */
export const SECTIONS: Partial<Readonly<Record<ObjectKind, string>>> = {
  schema: 'schemas',
  parameter: 'parameters',
  header: 'headers',
  'request-body': 'requestBodies',
  response: 'responses',
  example: 'examples',
  link: 'links',
  'security-scheme': 'securitySchemes',
  'media-type': 'mediaTypes',
};

/** Fields of the specifications that nothing here reads. */
const UNUSED: Partial<Readonly<Record<ObjectKind, readonly string[]>>> = {
  document: ['jsonSchemaDialect', 'externalDocs'],
  info: ['termsOfService', 'contact', 'license'],
  tag: ['externalDocs'],
  operation: ['externalDocs'],
  link: ['operationRef', 'parameters', 'requestBody', 'server'],
  schema: [
    'additionalItems',
    'contentEncoding',
    'contentMediaType',
    'contentSchema',
    'definitions',
    'dependencies',
    'discriminator',
    'externalDocs',
    'id',
    'xml',
  ],
};

/** An operation of a path item. */
export interface OperationEntry {
  /** In capitals, as it is sent; a method of `additionalOperations` as it is written. */
  readonly method: string;
  /** The names that lead from the path item to the operation. */
  readonly below: readonly string[];
  readonly operation: Json;
}

/** The operations of a path item: those of the methods that have a field, then the others. */
export function operationsOf(item: JsonObject): readonly OperationEntry[] {
  const own = METHODS.flatMap((name): readonly OperationEntry[] => {
    const operation = item[name];
    return operation === undefined ? [] : [{ method: name.toUpperCase(), below: [name], operation }];
  });
  const more = isObject(item.additionalOperations) ? Object.entries(item.additionalOperations) : [];
  return [
    ...own,
    ...more
      .filter(([method]) => !method.startsWith('x-'))
      .map(([method, operation]) => ({ method, below: ['additionalOperations', method], operation })),
  ];
}

/** Whether a field that the table lacks is a field of the specifications. */
export function isUnused(kind: ObjectKind, key: string): boolean {
  return key.startsWith('$') || UNUSED[kind]?.includes(key) === true;
}

/** What a field of an object holds; nothing for a field that the table lacks. */
export function fieldOf(kind: ObjectKind, key: string): Field | undefined {
  const shape = SHAPES[kind];
  return Object.hasOwn(shape.fields, key) ? shape.fields[key] : key.startsWith('x-') ? undefined : shape.others;
}

/** Fields of Swagger 2.0 whose content may be referred to. */
const FIELDS_OF_SWAGGER: Partial<Readonly<Record<ObjectKind, Readonly<Record<string, Field>>>>> = {
  document: {
    definitions: mapOf('schema'),
    parameters: mapOf('parameter'),
    responses: mapOf('response'),
    securityDefinitions: mapOf('security-scheme'),
  },
  response: { schema: schemaOrBoolean },
};

/** The same for a document before its conversion, which may be Swagger 2.0. */
export function writtenFieldOf(kind: ObjectKind, key: string): Field | undefined {
  const ofSwagger = FIELDS_OF_SWAGGER[kind] ?? {};
  return fieldOf(kind, key) ?? (Object.hasOwn(ofSwagger, key) ? ofSwagger[key] : undefined);
}

/** The kind of the object in a field, if it holds a single object. */
export function kindOf(field: Field | undefined): ObjectKind | undefined {
  return field?.is === 'one' ? field.kind : field?.is === 'schema-or-boolean' ? 'schema' : undefined;
}

/** `an operation`, `a path item`. */
export function article(kind: ObjectKind): string {
  const words = kind.replaceAll('-', ' ');
  return /^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`;
}
