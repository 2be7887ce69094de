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
