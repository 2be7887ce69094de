import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONVENTIONAL_SPEC } from '../contract/load/default.js';
import { loadContract } from '../contract/load/load.js';
import { packageRoot } from '../contract/load/package-root.js';

/** The last step of the build: the packaged contract in one file, so that commands start without parsing YAML. */
const root = packageRoot();
const { contract } = await loadContract(join(root, CONVENTIONAL_SPEC));
const target = join(root, 'dist', 'spec', 'contract.json');
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, JSON.stringify(contract.document));
chmodSync(join(root, 'dist', 'rolecall.js'), 0o755);
