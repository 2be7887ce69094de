import { expect, it } from 'vitest';
import { withArticle } from './with-article.js';

it.each([
  ['owner', 'an owner'],
  ['organization', 'an organization'],
  ['email', 'an email'],
  ['API', 'an API'],
  ['upload', 'an upload'],
  ['user', 'a user'],
  ['unit', 'a unit'],
  ['one-time-code', 'a one-time-code'],
  ['European', 'a European'],
  ['role', 'a role'],
])('%s: %s', (noun, expected) => expect(withArticle(noun)).toBe(expected));
