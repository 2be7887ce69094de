import { expect, test } from 'vitest';
import { describeLimits } from './describe-limits.js';

test('the limits of a schema are added to its description, and the document is not changed', () => {
  const list = {
    type: 'array',
    maxItems: 10,
    minItems: 1,
    items: { type: 'string', maxLength: 5, description: 'A name.' },
  };
  const document = { openapi: '3.1.0', info: {}, components: { schemas: { List: list, Plain: { type: 'string' } } } };
  expect(describeLimits(document)).toMatchObject({
    components: {
      schemas: {
        List: {
          description: 'Limits: 1 to 10 entries.',
          items: { description: 'A name.\nLimits: at most 5 characters.' },
        },
        Plain: { type: 'string' },
      },
    },
  });
  expect(list).not.toHaveProperty('description');
});
