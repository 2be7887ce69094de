import { expect, it } from 'vitest';
import { globMatches } from './glob.js';

const cases: readonly { glob: string; name: string; want: boolean }[] = [
  { glob: 'users.roles.assign/scope-alternatives', name: 'users.roles.assign/scope-alternatives', want: true },
  { glob: 'users.*', name: 'users.roles.assign/scope-alternatives', want: true },
  { glob: '*/token-*', name: 'users.list/token-missing', want: true },
  { glob: '*/token-*', name: 'users.list/odd-bodies', want: false },
  { glob: 'users.list', name: 'users.list/odd-bodies', want: true },
  { glob: 'odd-bodies', name: 'users.list/odd-bodies', want: true },
  { glob: 'users', name: 'users.list/odd-bodies', want: false },
  { glob: 'user?.list', name: 'users.list/odd-bodies', want: true },
  { glob: 'users.list/', name: 'users.list/odd-bodies', want: false },
  { glob: 'usersXlist', name: 'users.list/odd-bodies', want: false },
];

it.each(cases)('$glob on $name: $want', ({ glob, name, want }) => {
  expect(globMatches(glob, name)).toBe(want);
});
