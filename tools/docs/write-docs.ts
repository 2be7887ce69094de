import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONVENTIONAL_SPEC } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { generate } from '../../generator/generate.js';
import { API_PAGE, apiPage } from './api-page.js';
import { PAGES } from './pages.js';

/**
 * `npm run docs`: writes the pages in `docs/` that are made from the code, and the documentation as a site, with samples in
 * every language. The Markdown in `generated/` has fewer, so the client that is written along stays in the build.
 */
const root = packageRoot();
const api = () => apiPage(join(root, 'dist')).text;
for (const [path, text] of Object.entries({ ...PAGES, [API_PAGE]: api })) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text());
}

const site = join(root, 'site');
const out = join(root, 'build', 'docs', 'generated');
await generate({ spec: join(root, CONVENTIONAL_SPEC), out, site, samples: 'all' });
console.log(`Open ${join(site, 'index.html')}`);
