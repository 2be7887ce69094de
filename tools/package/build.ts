import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { bundlePackage, packageEntries } from './bundle.js';
import { copyDeclarations } from './declarations.js';

/** The last step of the build: makes the package in `dist` from the sources and the declarations in `build`. */
const root = packageRoot();
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
await bundlePackage(root, dist);
const declarations = packageEntries(root)
  .filter((entry) => entry !== 'rolecall')
  .map((entry) => `${entry}.d.ts`);
copyDeclarations(declarations, join(root, 'build'), dist);
