import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { shownByProperty, showsValue } from './shown-value.js';

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
