import { checksPage } from './checks-page.js';
import { errorCodesPage } from './error-codes.js';
import { findingCodesPage } from './finding-codes.js';

/** The pages in `docs/` that are made from the code, by their path from the root. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/checks.md': checksPage,
  'docs/errors.md': errorCodesPage,
  'docs/findings.md': findingCodesPage,
};
