import { expect, it } from 'vitest';
import type { Response } from '../../contract/contract.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import { type AnswerShape, AnswerShapes } from './answer-shape.js';
import { contract, operation } from './test-support/berths.js';

it('judges an answer without a recorded content type or headers by its body', () => {
  const shapes = new AnswerShapes(contract, (_, value) => (value === 'wrong' ? [{} as SchemaError] : []));
  const documented = operation.responses[0] as Response;
  const faults = (answer: Partial<AnswerShape>) =>
    shapes
      .faults(documented, { contentType: 'unknown', hasBody: true, json: {}, ...answer })
      .map((fault) => ('expected' in fault ? `${fault.kind} ${fault.expected}` : fault.kind));
  expect(faults({})).toEqual([]);
  expect(faults({ json: 'wrong' })).toEqual(['body']);
  expect(faults({ json: undefined })).toEqual(['not-json']);
  expect(faults({ headers: {} })).toEqual(['header-missing']);
  expect(faults({ contentType: undefined })).toEqual(['content-type application/json']);
  expect(faults({ contentType: 'text/html', headers: { 'x-tide': '3' } })).toEqual(['content-type application/json']);
});
