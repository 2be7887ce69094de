import { describe, expect, it } from 'vitest';
import { fieldsOfLength } from './entry-fields.js';

describe('fieldsOfLength', () => {
  it.each([
    [['id', 'name'], 2],
    [['id', 'name'], 7],
    [['id', 'name', 'nickname'], 256],
    [['email'], 11],
  ])('makes a list of %j of %i characters', (names, length) => {
    const text = fieldsOfLength(names, length);
    expect(text).toHaveLength(length);
    expect(text?.split(',').every((name) => names.includes(name))).toBe(true);
  });

  it('finds none where the names do not add up', () => {
    expect(fieldsOfLength(['email'], 12)).toBeUndefined();
    expect(fieldsOfLength([], 5)).toBeUndefined();
  });
});
