import { expect, test } from 'vitest';
import type { Json, Schema } from '../contract.js';
import { readXml } from './read-xml.js';
import { writeXml } from './write-xml.js';
import { xmlShape } from './xml-shape.js';

const Pet: Schema = {
  type: 'object',
  xml: { name: 'pet' },
  properties: {
    id: { type: 'integer', xml: { attribute: true } },
    name: { type: 'string' },
    tags: { type: 'array', xml: { wrapped: true }, items: { type: 'string', xml: { name: 'tag' } } },
    photos: { type: 'array', items: { type: 'string', xml: { name: 'photo' } } },
    owner: { type: 'object', properties: { vip: { type: 'boolean' } } },
  },
};

const shapeOf = (schema: Schema) =>
  xmlShape(
    { follow: (value) => ({ value: value === undefined ? {} : (Object(value) as Schema), pointer: '' }) },
    schema,
  );

test.each<[Schema, Json, string]>([
  [
    Pet,
    { id: 7, name: 'A & <B>', tags: ['x', 'y'], photos: ['1', '2'], owner: { vip: true } },
    '<pet id="7"><name>A &amp; &lt;B&gt;</name><tags><tag>x</tag><tag>y</tag></tags><photo>1</photo><photo>2</photo>' +
      '<owner><vip>true</vip></owner></pet>',
  ],
  [Pet, { tags: [] }, '<pet><tags></tags></pet>'],
  [
    { type: 'array', xml: { name: 'pets' }, items: { type: 'integer', xml: { name: 'n' } } },
    [1, 2],
    '<pets><n>1</n><n>2</n></pets>',
  ],
  [{ type: 'object', xml: { name: 'a', prefix: 'p', namespace: 'urn:x' } }, {}, '<p:a xmlns:p="urn:x"></p:a>'],
  [{ type: 'string', xml: { name: 's' } }, '"quoted"', '<s>&quot;quoted&quot;</s>'],
])('%j: %j is %s, and back', (schema, value, text) => {
  const shape = shapeOf(schema);
  expect(writeXml(value, shape)).toBe(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
  expect(readXml(text, shape)).toEqual(value);
});

test.each([
  ['<a><![CDATA[<x>]]></a>', '<x>'],
  ["<a b='1'><!-- no --><c>t</c></a>", { b: '1', c: 't' }],
  ['<a><c>1</c><c>2</c></a>', { c: ['1', '2'] }],
  ['<a>&#x41;&#66;</a>', 'AB'],
  ['<a/>', ''],
])('%s without a schema is %j', (text, want) => {
  expect(readXml(text, shapeOf({}))).toEqual(want);
});

test.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '</a>',
  '<a/><b/>',
  '<a b="1" b="2"/>',
  '<a b=1/>',
  '<a>&nope;</a>',
  '<a>&</a>',
  '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
  `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
])('%s is not read', (text) => {
  expect(readXml(text, shapeOf({}))).toBeUndefined();
});

const Tree: Schema = {
  type: 'object',
  required: ['kids'],
  properties: {
    kids: { type: 'array', items: { $ref: 'Tree' } },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

test('a schema that contains itself reads at any depth, and a list that is required is there without entries', () => {
  const follow = (value: Json | undefined) => {
    const schema = Object(value) as Schema;
    return { value: schema.$ref === 'Tree' ? Tree : schema, pointer: '' };
  };
  const shape = xmlShape({ follow }, Tree);
  const depth = 20;
  const text = `${'<kids>'.repeat(depth)}${'</kids>'.repeat(depth)}`;
  let value: Json = { kids: [] };
  for (let level = 0; level < depth; level += 1) value = { kids: [value] };
  expect(readXml(`<tree>${text}</tree>`, shape)).toEqual(value);
});
