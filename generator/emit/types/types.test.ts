import { expect, test } from 'vitest';
import { startCompilerThread } from './compiler-thread.js';

test('a change of what describes the document as a whole keeps the types', async () => {
  const thread = startCompilerThread();
  const paths = { '/a': { get: { responses: { 200: { description: 'Fine.' } } } } };
  const document = (title: string, more = {}) => ({
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths: { ...paths, ...more },
  });
  const file = await thread.emitTypes(document('One'));
  expect(await thread.emitTypes(document('Two'))).toBe(file);
  const other = await thread.emitTypes(document('Two', { '/b': paths['/a'] }));
  expect(other.text).toContain('/b');
  expect(other.text).not.toBe(file.text);
});
