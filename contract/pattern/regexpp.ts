import { createRequire } from 'node:module';
import type * as Regexpp from '@eslint-community/regexpp';

const require = createRequire(import.meta.url);

/** The parser of regular expressions. Loaded synchronously and only when needed: most contracts have simple patterns. */
export function regexpp(): typeof Regexpp {
  return require('@eslint-community/regexpp');
}
