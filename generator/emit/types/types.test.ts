import { expect, test } from 'vitest';
import { restyle } from './types.js';

test('types have two spaces and single quotes, and comments are not changed', () => {
  const given = `export interface paths {
    "/a": {
        /** @description "quoted"
         *     {
         *       "a": 1
         *     } */
        get: operations["it's"] | "say \\"hi\\"";
    };
}
`;
  expect(restyle(given)).toBe(`export interface paths {
  '/a': {
    /** @description "quoted"
     *     {
     *       "a": 1
     *     } */
    get: operations["it's"] | 'say "hi"';
  };
}
`);
});

test('a change of what describes the document as a whole keeps the types', async () => {
  const { perform } = await import('./compiler-task.js');
  const paths = { '/a': { get: { responses: { 200: { description: 'Fine.' } } } } };
  const document = (title: string, more = {}) => ({
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths: { ...paths, ...more },
  });
  const { file } = perform({ emit: document('One') });
  expect(perform({ emit: document('Two') }).file).toBe(file);
  const other = perform({ emit: document('Two', { '/b': paths['/a'] }) }).file;
  expect(other?.text).toContain('/b');
  expect(other?.text).not.toBe(file?.text);
});
