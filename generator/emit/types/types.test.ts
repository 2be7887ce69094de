import { expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { startCodeThread } from '../code-thread.js';

test('a change of what describes the document as a whole keeps the types', async () => {
  const thread = startCodeThread();
  const paths = { '/a': { get: { responses: { 200: { description: 'Fine.' } } } } };
  const document = (title: string, more = {}) => ({
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths: { ...paths, ...more },
  });
  const typesOf = async (given: JsonObject) =>
    (await thread.emitCode(given, undefined, {})).find(({ path }) => path === 'types.ts');
  const file = await typesOf(document('One'));
  expect(await typesOf(document('Two'))).toBe(file);
  const other = await typesOf(document('Two', { '/b': paths['/a'] }));
  expect(other?.text).toContain('/b');
  expect(other?.text).not.toBe(file?.text);
});
