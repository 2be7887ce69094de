import { formatNames } from 'ajv-formats/dist/formats.js';
import { describe, expect, test } from 'vitest';
import type { Json } from '../contract.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { fitsFormat, formatSample } from './format-sample.js';

const validator = new SchemaValidator({ standalone: (schema) => schema }, { allErrors: false });

/** Whether the validator accepts a value. */
function accepts(format: string, value: Json): boolean {
  return validator.compile({ format })(value).length === 0;
}

describe.each([...formatNames, 'iri', 'uuid4', 'unknown'])('%s', (format) => {
  test('the validator accepts the sample', () => {
    expect(accepts(format, formatSample(format) ?? 'any text')).toBe(true);
  });

  test('what is judged is judged as by the validator', () => {
    const values: readonly Json[] = ['', 'a', '/', ':', '2026', 1, 1.5, -1, 2 ** 31, 2 ** 40, true, null];
    for (const value of values) {
      expect([accepts(format, value), undefined], String(value)).toContain(fitsFormat(format, value));
    }
  });
});

test.each(['int64', 'uint64'])('a text of format %s is an integer', (format) => {
  expect(formatSample(format)).toMatch(/^\d+$/);
});
