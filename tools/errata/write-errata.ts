import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { errataOf } from './errata.js';
import { errataMarkdown } from './markdown.js';

/** The current text of `spec/ERRATA.md`, and its path. */
export async function currentErrata(): Promise<{ readonly file: string; readonly text: string }> {
  const spec = join(packageRoot(), 'spec');
  const { contract } = await loadContract(join(spec, 'openapi.yaml'));
  return { file: join(spec, 'ERRATA.md'), text: errataMarkdown(errataOf(contract)) };
}

/** `npm run errata` writes the file; with `--check` it only sets the exit code to 1 if the file is out of date. */
async function main(argv: readonly string[]): Promise<void> {
  const { file, text } = await currentErrata();
  const old = await readFile(file, 'utf8').catch(() => '');
  if (old === text) return;
  if (!argv.includes('--check')) return writeFile(file, text);
  process.stderr.write('spec/ERRATA.md is out of date: run `npm run errata`.\n');
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
