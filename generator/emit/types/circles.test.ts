import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { emitTypes } from './types.js';

function typesOf(schemas: JsonObject): string {
  return emitTypes(
    JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, components: { schemas } }),
  ).text;
}

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const listOf = (name: string) => ({ type: 'array', items: to(name) });

test('schemas that are lists of themselves have types of their own', () => {
  const text = typesOf({
    Json: { oneOf: [{ type: 'string' }, listOf('Json'), { type: 'object', additionalProperties: to('Json') }] },
    'nested-list': listOf('nested-list'),
    Ping: listOf('Pong'),
    Pong: { type: ['array', 'null'], items: to('Ping') },
    Pair: { type: 'array', prefixItems: [{ type: 'string' }, to('Pair')] },
    Cargo: { oneOf: [{ type: 'string' }, to('Cargo')] },
  });
  expect(text).toContain(
    "type JsonSchema = string | JsonSchema[] | {\n  [key: string]: components['schemas']['Json'];\n};",
  );
  expect(text).toContain('type NestedListSchema = NestedListSchema[];');
  expect(text).toContain('type PingSchema = PongSchema[];\ntype PongSchema = PingSchema[] | null;');
  expect(text).toContain('type PairSchema = [\n  string,\n  PairSchema\n];');
  expect(text).toContain('type CargoSchema = string | unknown;');
  expect(text).toContain("    'nested-list': NestedListSchema;");
});

test('schemas that contain themselves in properties have none', () => {
  const tree = { type: 'object', properties: { children: listOf('Tree') } };
  expect(typesOf({ Tree: tree, Trees: listOf('Tree') })).not.toContain('Schema');
});
