import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../contract/load/package-root.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/comment.js';

/** The folder of the client's runtime: TypeScript sources, in the published package, too. */
export function runtimeFolder(): string {
  return join(packageRoot(), 'generator', 'runtime');
}

/** Emits `runtime/`: copies of the sources. */
export async function emitRuntime(): Promise<readonly GeneratedFile[]> {
  const folder = runtimeFolder();
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: `runtime/${name}`,
      text: codeHeader + (await readFile(join(folder, name), 'utf8')),
    })),
  );
}
