import { expect, test } from 'vitest';
import { buttonOf, propertyLabel, titleOf } from './words.js';

test.each([
  ["List a user's roles", 'Roles'],
  ['List APIs', 'APIs'],
  ['List client grants', 'Client grants'],
  ["List an organization's discovery domains", 'Discovery domains'],
])('the title of "%s" is "%s"', (summary, want) => {
  expect(titleOf(summary)).toBe(want);
});

test.each([
  ['Assign roles to a user', 'Assign roles'],
  ['Add members to an organization', 'Add members'],
  ['Create a user', 'Create a user'],
  ['Assign a role to users', 'Assign a role to users'],
])('the button of "%s" is "%s"', (summary, want) => {
  expect(buttonOf(summary)).toBe(want);
});

test.each([
  ['display_name', 'Display name'],
  ['displayName', 'Display Name'],
  ['enforce_policies', 'Enable RBAC'],
])('the label of %s is "%s"', (name, want) => {
  expect(propertyLabel(name)).toBe(want);
});
