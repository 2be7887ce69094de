import { errorCodesPage } from './error-codes.js';

/** The pages in `docs/` that are made from the code, by their path from the root. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/errors.md': errorCodesPage,
};
