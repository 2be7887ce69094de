import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { PAGES } from './pages.js';

/** `npm run docs`: writes the pages in `docs/` that are made from the code. */
for (const [path, text] of Object.entries(PAGES)) {
  const file = join(packageRoot(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text());
}
