import { expect, test } from 'vitest';
import { Router } from './router.js';

const TEMPLATES = [
  '/a',
  '/a/{id}',
  '/a/name/{name}',
  '/a/{id}/b',
  '/a/{id}/b/{other}',
  '/files/{stem}.{ending}',
  '/v/{id}',
  '/v/{name}:end',
  '/app-<app>/a b',
  '/größe {id}',
  '/c/{slug}/{id}.json',
  '/c/{id}/show.json',
];

const router = new Router<string>();
for (const template of TEMPLATES) router.at(template, () => template);

test.each([
  { path: '/a', target: '/a', parameters: {} },
  { path: '/a/x', target: '/a/{id}', parameters: { id: 'x' } },
  { path: '/a/name', target: '/a/{id}', parameters: { id: 'name' } },
  { path: '/a/name/x', target: '/a/name/{name}', parameters: { name: 'x' } },
  { path: '/a/name/b', target: '/a/name/{name}', parameters: { name: 'b' } },
  { path: '/a/x/b', target: '/a/{id}/b', parameters: { id: 'x' } },
  { path: '/a/name/b/y', target: '/a/{id}/b/{other}', parameters: { id: 'name', other: 'y' } },
  { path: '/a/x%2Fy', target: '/a/{id}', parameters: { id: 'x%2Fy' } },
  { path: '/v/x:end', target: '/v/{name}:end', parameters: { name: 'x' } },
  { path: '/v/x:ends', target: '/v/{id}', parameters: { id: 'x:ends' } },
  { path: '/app-%3Capp%3e/a%20b', target: '/app-<app>/a b', parameters: {} },
  { path: '/app-<app>/a%20b', target: '/app-<app>/a b', parameters: {} },
  { path: '/gr%C3%B6%C3%9Fe%20x', target: '/größe {id}', parameters: { id: 'x' } },
  { path: '/c/1/show.json', target: '/c/{id}/show.json', parameters: { id: '1' } },
  { path: '/c/a/1.json', target: '/c/{slug}/{id}.json', parameters: { slug: 'a', id: '1' } },
  { path: '/files/a.b', target: '/files/{stem}.{ending}', parameters: { stem: 'a', ending: 'b' } },
])('$path leads to $target', ({ path, target, parameters }) => {
  expect(router.find(path)).toEqual({ target, parameters });
});

test.each(['', '/', 'a', '/a/', '/a//b', '/a/x/b/', '/b', '/files/a', '/__proto__', '/a/x/constructor'])(
  '%j leads nowhere',
  (path) => {
    expect(router.find(path)).toBeUndefined();
  },
);

test('decoded segments keep slashes inside a parameter', () => {
  expect(router.findSegments(['a', 'x/y', 'b'])).toEqual({ target: '/a/{id}/b', parameters: { id: 'x/y' } });
  expect(router.findSegments(['c'])).toBeUndefined();
});

test('a path whose target is not wanted leads to the next one that matches', () => {
  const wanted = (target: string): boolean => target !== '/a/name';
  expect(router.find('/a/name', wanted)).toEqual({ target: '/a/{id}', parameters: { id: 'name' } });
  expect(router.find('/a/name', () => false)).toBeUndefined();
});
