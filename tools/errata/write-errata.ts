import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { errataOf } from './errata.js';
import { errataMarkdown } from './markdown.js';

/** What `spec/ERRATA.md` is to hold, and where it stands. */
export async function currentErrata(): Promise<{ readonly file: string; readonly text: string }> {
  const spec = join(packageRoot(), 'spec');
  const { contract } = await loadContract(join(spec, 'openapi.yaml'));
  return { file: join(spec, 'ERRATA.md'), text: errataMarkdown(errataOf(contract)) };
}

/** `npm run errata`: writes the file; with `--check`, says whether it is current, by its exit code. */
async function main(argv: readonly string[]): Promise<void> {
  const { file, text } = await currentErrata();
  const old = await readFile(file, 'utf8').catch(() => '');
  if (old === text) return;
  if (!argv.includes('--check')) return writeFile(file, text);
  process.stderr.write('spec/ERRATA.md is not what the contract says; run `npm run errata`.\n');
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
