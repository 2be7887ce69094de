import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { clientProperties, shownByProperty, showsValue } from './shown-value.js';

it.each([
  ['2025-03-29T13:22:26.480Z', '2025-03-29T08:22:26.480000-05:00', true],
  ['2025-03-29T13:22:26Z', '2025-03-29T13:22:26.000+00:00', true],
  ['2025-03-29T13:22:26.480Z', '2025-03-29T13:22:26Z', false],
  ['2025-03-29T13:22:26Z', '2025-03-29T13:22:26-05:00', false],
  ['2025-03-29', '2025-03-30', false],
  ['Ada', 'ADA', true],
])('%s shown as %s: %s', (sent, shown, want) => {
  expect(showsValue(shown, sent)).toBe(want);
});

it.each([
  ['price', '5', '5.00', true],
  ['price', '-05.50', '-5.5', true],
  ['price', '.5', '0.50', true],
  ['price', '-0', '0.00', true],
  ['price', '5.01', '5.1', false],
  ['price', '5', 'five', false],
  ['version', '1.10', '1.1', false],
])('of a decimal, but not of another text: %s %s shown as %s: %s', (name, sent, shown, want) => {
  const text = { type: 'string' };
  const schema = { type: 'object', properties: { price: { ...text, format: 'decimal' }, version: text } };
  const responses = { '200': { description: 'ok', content: { 'application/json': { schema } } } };
  const paths = { '/x': { get: { responses } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  expect(shownByProperty(operation, 200, contract)(name, shown, sent)).toBe(want);
});

it('what a nested object never shows is not expected of an answer', () => {
  const secret = {
    type: 'object',
    properties: { key: { type: 'string' }, value: { type: 'string', writeOnly: true } },
  };
  const hook = {
    type: 'object',
    properties: { channel: { oneOf: [{ type: 'null' }, { type: 'object', properties: { auth: secret } }] } },
  };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/x': { get: { responses: { '200': { description: 'ok', content: { 'application/json': { schema: hook } } } } } },
    },
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const shows = shownByProperty(operation, 200, contract);
  const sent = { auth: { key: 'a', value: 'b' } };
  expect(shows('channel', { auth: { key: 'a' } }, sent)).toBe(true);
  expect(shows('channel', { auth: { key: 'c' } }, sent)).toBe(false);
  expect(shows('channel', null, sent)).toBe(false);
});

it('a property that a request does not declare is not expected of an answer', () => {
  const text = { type: 'string' };
  const content = (names: readonly string[], more: JsonObject = {}) => ({
    content: {
      'application/json': {
        schema: { type: 'object', properties: { ...Object.fromEntries(names.map((name) => [name, text])), ...more } },
      },
    },
  });
  const contractOf = (declared: readonly string[], more: JsonObject) =>
    readContract({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/x': {
          post: {
            requestBody: content(declared, more),
            responses: { '201': { description: 'made', ...content(['name', 'kind']) } },
          },
        },
      },
    });
  const namesOf = (declared: readonly string[], more: JsonObject = {}) => {
    const contract = contractOf(declared, more);
    const [operation] = contract.operations;
    if (operation === undefined) throw new Error('no operation');
    const item = { name: 'a', kind: 'b' };
    return clientProperties(operation, [{ status: 201, json: item }], contract, { operation, item });
  };
  expect(namesOf(['name'])).toEqual(['name']);
  expect(namesOf(['name'], { kind: { ...text, readOnly: true } })).toEqual(['name']);
  expect(namesOf([])).toEqual(['name', 'kind']);
});
