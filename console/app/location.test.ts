import { expect, test } from 'vitest';
import { hashOf, placeOf } from './location.js';

test.each([
  { hash: '', want: { steps: [], tool: undefined, tab: 0 } },
  { hash: '#/user', want: { steps: [{ resource: 'user', key: undefined }], tool: undefined, tab: 0 } },
  {
    hash: '#/user/auth0%7Cada?tab=2',
    want: { steps: [{ resource: 'user', key: 'auth0|ada' }], tool: undefined, tab: 2 },
  },
  { hash: '#/-/requests', want: { steps: [], tool: 'requests', tab: 0 } },
  { hash: '#/user/%', want: { steps: [{ resource: 'user', key: '%' }], tool: undefined, tab: 0 } },
])('the place of "$hash"', ({ hash, want }) => {
  expect(placeOf(hash)).toEqual(want);
});

test('ids with any character survive', () => {
  const steps = [
    { resource: 'organization', key: 'org_1/../?#' },
    { resource: 'user', key: 'auth0|a%2Fb' },
  ];
  expect(placeOf(hashOf(steps, 1))).toEqual({ steps, tool: undefined, tab: 1 });
});
