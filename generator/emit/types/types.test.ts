import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { startEmitThread } from '../emit-thread.js';
import { sharedPages } from '../pages/shared-pages.js';

test('a change of what describes the document as a whole keeps the types', async () => {
  const thread = startEmitThread(true);
  const paths = { '/a': { get: { responses: { 200: { description: 'Fine.' } } } } };
  const document = (title: string, more = {}) => ({
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths: { ...paths, ...more },
  });
  const typesOf = async (given: JsonObject) =>
    (await thread.emit(given, { folder: undefined, pages: sharedPages([], 0) })).types;
  const file = await typesOf(document('One'));
  expect(await typesOf(document('Two'))).toEqual(file);
  const other = await typesOf(document('Two', { '/b': paths['/a'] }));
  expect(other.text).toContain('/b');
  expect(other.text).not.toBe(file.text);
});
