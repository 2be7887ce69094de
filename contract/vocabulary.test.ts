import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { packageRoot } from './load/package-root.js';

test('the schema of the keywords is valid, since it is not checked when it is used', () => {
  const text = readFileSync(join(packageRoot(), 'contract/vocabulary.schema.json'), 'utf8');
  const ajv = new Ajv2020({ strict: false });
  expect(ajv.validateSchema(JSON.parse(text)), ajv.errorsText()).toBe(true);
});
