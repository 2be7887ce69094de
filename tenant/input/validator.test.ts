import { expect, test } from 'vitest';
import { createTenant } from '../tenant.js';
import { key, school } from '../test-support/school.js';
import { Validators } from './validator.js';

const validators = new Validators({ ...school, standalone: (schema) => schema });

test('a valid value has no errors, an invalid one all of them up to a limit', () => {
  const schema = { type: 'array', items: { type: 'string' } };
  expect(validators.compile(schema)(['a', 'b'])).toEqual([]);
  expect(validators.compile(schema)([1, 2, 'a', 3])).toHaveLength(3);
  expect(validators.compile(schema)(Array.from({ length: 50 }, () => 1))).toHaveLength(10);
});

test.each([
  { length: 64 * 1024, want: 2 },
  { length: 64 * 1024 + 1, want: 1 },
])('for a text of $length characters $want errors are reported', ({ length, want }) => {
  expect(validators.compile({ items: { type: 'string' } })([1, 2], length)).toHaveLength(want);
});

test('a pattern of a contract that would backtrack does not block the tenant', async () => {
  const operations = school.operations.map((each) =>
    each.method === 'POST' && each.requestBody !== undefined
      ? {
          ...each,
          requestBody: {
            ...each.requestBody,
            content: each.requestBody.content.map((media) => ({
              ...media,
              schema: { type: 'object', properties: { name: { type: 'string', pattern: '^(a+)+$' } } },
            })),
          },
        }
      : each,
  );
  const tenant = await createTenant({ ...school, operations }, { key: await key });
  const begin = performance.now();
  const answer = await tenant.fetch(`${tenant.url}/school/students`, {
    method: 'POST',
    body: JSON.stringify({ name: `${'a'.repeat(26)}!`, email: 'a@x.example' }),
    headers: { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(400);
  expect(performance.now() - begin).toBeLessThan(3000);
});
