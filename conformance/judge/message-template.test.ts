import { expect, it } from 'vitest';
import { matchesTemplate } from './message-template.js';

it.each([
  { template: 'No such role', message: 'No such role', want: true },
  { template: 'No such role', message: 'No such role.', want: true },
  { template: 'No such role.', message: ' No  such\nrole ', want: true },
  { template: 'No such role', message: 'No such roles', want: false },
  { template: 'No such role', message: 'Sorry: No such role', want: false },
  { template: 'No such role: {key}', message: 'No such role: rol_1', want: true },
  { template: 'No such role: {key}', message: 'No such role: a\nb {c}', want: true },
  { template: 'No such role: {key}', message: 'No such user: rol_1', want: false },
  { template: '{a} and {b}', message: ' and ', want: false },
  { template: '{a} and {b}', message: 'x and y', want: true },
  { template: 'Is it (x) [y] a.b?', message: 'Is it (x) [y] a.b?', want: true },
  { template: 'Is it a.b', message: 'Is it aXb', want: false },
  { template: 'See a.b and c', message: 'See ab and c', want: false },
])('"$message" matches "$template": $want', ({ template, message, want }) => {
  expect(matchesTemplate(template, message)).toBe(want);
  // The compiled pattern is reused.
  expect(matchesTemplate(template, message)).toBe(want);
});
