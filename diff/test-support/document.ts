import type { Json, JsonObject } from '../../contract/contract.js';

/** A small document: one operation of each of these path items, in the dialect of OpenAPI 3.1. */
export function documentOf(paths: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Small', version: '1.0.0' },
    servers: [{ url: 'https://api.example/v1' }],
    paths,
    ...more,
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: 'https://api.example/token',
              scopes: { 'read:things': '', 'write:things': '', 'read:all': '' },
            },
          },
        },
      },
      ...(typeof more.components === 'object' ? more.components : {}),
    },
  };
}

/** An operation that answers 200 with this schema. */
export function answering(schema: Json, operation: JsonObject = {}): JsonObject {
  return { responses: { '200': { description: 'Fine', content: json(schema) } }, ...operation };
}

/** An operation that takes this schema as its body, which is required unless said otherwise, and answers 204. */
export function taking(schema: Json, operation: JsonObject = {}, required = true): JsonObject {
  return {
    requestBody: { required, content: json(schema) },
    responses: { '204': { description: 'Done' } },
    ...operation,
  };
}

/** An operation with this query parameter. */
export function asking(parameter: JsonObject, operation: JsonObject = {}): JsonObject {
  return {
    parameters: [{ name: 'q', in: 'query', schema: { type: 'string' }, ...parameter }],
    responses: { '204': { description: 'Done' } },
    ...operation,
  };
}

export function json(schema: Json): JsonObject {
  return { 'application/json': { schema } };
}
