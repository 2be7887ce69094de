import { expect, test } from 'vitest';
import { type SearchEntry, searchPages } from './search.js';

const ENTRIES: readonly SearchEntry[] = [
  ['Overview', 'Medals API', 'index.html', 'All about medals.', 'guides'],
  [
    'Operation',
    'Award medals to a user',
    'users.medals.award.html',
    'POST /users/{id}/medals',
    'users.medals.award write:medals medal_unknown',
  ],
  ['Operation', 'List users', 'users.list.html', 'GET /users', 'users.list read:users also shows medals'],
  ['Task', 'Award medals', 'tasks/award.html', 'Gives a user medals.', 'before you start'],
  ['Guide', 'Paging', 'guides/paging.html', 'How to read long lists.', 'checkpoints medals'],
];

test.each<[query: string, want: readonly string[]]>([
  ['', []],
  ['award medals', ['Award medals', 'Award medals to a user']],
  ['AWARD', ['Award medals', 'Award medals to a user']],
  ['post users', ['Award medals to a user']],
  ['/users/{id}/medals', ['Award medals to a user']],
  ['write:medals', ['Award medals to a user']],
  ['medal_unknown', ['Award medals to a user']],
  ['users.medals', ['Award medals to a user', 'List users']],
  ['pag', ['Paging']],
  ['checkpoint', ['Paging']],
  ['awrad', ['Award medals', 'Award medals to a user']],
  ['pagging', ['Paging']],
  ['nothing like it', []],
])('"%s"', (query, want) => {
  expect(searchPages(ENTRIES, query, 10).map(([, title]) => title)).toEqual(want);
});

test('no more pages than wanted', () => {
  expect(searchPages(ENTRIES, 'medals', 2)).toHaveLength(2);
});
