import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import { Origins } from '../load/origins.js';
import { applyActions } from './apply.js';
import { readOverlay } from './overlay.js';

const FILE = { path: '/overlay.yaml', text: '', value: null, isForeign: false };

/** What actions make of a document: the document, and what was wrong. */
async function apply(document: JsonObject, actions: readonly Json[]) {
  const overlay = await readOverlay({ overlay: '1.1.0', info: { title: 'T', version: '1' }, actions });
  expect(overlay.problems).toEqual([]);
  const sourced = overlay.actions.map((action) => ({ action, file: FILE }));
  const { document: result, unmatched, problems } = applyActions(document, sourced, new Origins());
  return {
    result,
    unmatched: unmatched.map(({ action }) => action.target),
    problems: problems.map(({ origin, message }) => `${origin.pointer} ${message}`),
  };
}

const PETS: JsonObject = {
  info: { title: 'Pets', tags: ['a'] },
  paths: { '/a': { get: { tags: ['x', 'y'] }, post: {} }, '/b': { get: { tags: ['x'] } } },
};

test.each<{ given: string; actions: readonly Json[]; want: JsonObject }>([
  {
    given: 'an update merges objects, replaces values and extends lists',
    actions: [{ target: '$', update: { info: { title: 'Dogs', tags: ['b'], more: { x: 1 } } } }],
    want: { ...PETS, info: { title: 'Dogs', tags: ['a', 'b'], more: { x: 1 } } },
  },
  {
    given: 'an update of several places',
    actions: [{ target: '$.paths.*.get', update: { 'x-safe': true } }],
    want: {
      ...PETS,
      paths: {
        '/a': { get: { tags: ['x', 'y'], 'x-safe': true }, post: {} },
        '/b': { get: { tags: ['x'], 'x-safe': true } },
      },
    },
  },
  {
    given: 'an update of a list appends a value, or the entries of a list',
    actions: [
      { target: '$.info.tags', update: 'b' },
      { target: '$.info.tags', update: ['c', 'd'] },
    ],
    want: { ...PETS, info: { title: 'Pets', tags: ['a', 'b', 'c', 'd'] } },
  },
  {
    given: 'an update of a plain value',
    actions: [{ target: '$.info.title', update: 'Dogs' }],
    want: { ...PETS, info: { title: 'Dogs', tags: ['a'] } },
  },
  {
    given: 'entries of lists are removed',
    actions: [{ target: "$..tags[?@ == 'x']", remove: true }],
    want: { ...PETS, paths: { '/a': { get: { tags: ['y'] }, post: {} }, '/b': { get: { tags: [] } } } },
  },
  {
    given: 'several entries of one list, whatever the order of the query',
    actions: [{ target: "$.paths['/a'].get.tags[0, 1, 0]", remove: true }],
    want: { ...PETS, paths: { '/a': { get: { tags: [] }, post: {} }, '/b': { get: { tags: ['x'] } } } },
  },
  {
    given: 'a removed value and one in it',
    actions: [{ target: "$.paths['/a']..*", remove: true }],
    want: { ...PETS, paths: { '/a': {}, '/b': { get: { tags: ['x'] } } } },
  },
  {
    given: 'an update that says not to remove',
    actions: [{ target: '$.info', update: { title: 'Dogs' }, remove: false }],
    want: { ...PETS, info: { title: 'Dogs', tags: ['a'] } },
  },
  {
    given: 'a copy',
    actions: [{ target: "$.paths['/a'].post", copy: "$.paths['/b'].get" }],
    want: {
      ...PETS,
      paths: { '/a': { get: { tags: ['x', 'y'] }, post: { tags: ['x'] } }, '/b': { get: { tags: ['x'] } } },
    },
  },
  {
    given: 'each action sees the result of the one before',
    actions: [
      { target: '$.info', remove: true },
      { target: '$', update: { info: { title: 'New' } } },
    ],
    want: { ...PETS, info: { title: 'New' } },
  },
  {
    given: 'functions of patterns, whole or in part',
    actions: [{ target: "$.paths[?match(@.get.tags[0], 'x') && search(@.get.tags[1], 'y|z')].get", update: { a: 1 } }],
    want: {
      ...PETS,
      paths: { '/a': { get: { tags: ['x', 'y'], a: 1 }, post: {} }, '/b': { get: { tags: ['x'] } } },
    },
  },
])('$given', async ({ actions, want }) => {
  const before = structuredClone(PETS);
  expect(await apply(PETS, actions)).toEqual({ result: want, unmatched: [], problems: [] });
  expect(PETS).toEqual(before);
});

test('a target that matches nothing changes nothing', async () => {
  expect(await apply(PETS, [{ target: '$.paths["/c"].get', update: { a: 1 } }])).toEqual({
    result: PETS,
    unmatched: ['$.paths["/c"].get'],
    problems: [],
  });
});

test('a pattern cannot block', async () => {
  const start = performance.now();
  const document = { info: { title: `${'a'.repeat(40)}!` } };
  await apply(document, [{ target: "$[?match(@.title, '(a+)+')]", update: { a: 1 } }]);
  expect(performance.now() - start).toBeLessThan(2000);
});

describe('refuses, at its place, and changes nothing', () => {
  test.each<{ action: Json; want: string }>([
    {
      action: { target: '$.info', update: { title: { a: 1 } } },
      want: '/actions/0/update/title "update" expected a value to replace "title", a string; remove it first; received an object',
    },
    {
      action: { target: '$.info', update: 'Dogs' },
      want: '/actions/0/update "update" expected an object to merge into "info", an object; received a string',
    },
    {
      action: { target: '$.info', update: { tags: 'b' } },
      want: '/actions/0/update/tags "update" expected a list to append to "tags", a list; received a string',
    },
    {
      action: { target: '$.info', copy: '$.paths.*' },
      want: '/actions/0/copy "copy: $.paths.*" expected a query for one value, selected 2 values',
    },
    {
      action: { target: '$', remove: true },
      want: '/actions/0/target the whole document cannot be removed; expected a target in it',
    },
  ])('$want', async ({ action, want }) => {
    expect(await apply(PETS, [action])).toEqual({ result: PETS, unmatched: [], problems: [want] });
  });
});
