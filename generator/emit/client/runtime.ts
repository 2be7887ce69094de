import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../contract/load/package-root.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/comment.js';

/** The folder of the client's runtime: TypeScript sources, in the published package, too. */
export function runtimeFolder(): string {
  return join(packageRoot(), 'generator', 'runtime');
}

/** Emits `runtime/`: copies of the sources. They belong to the code that is running, so they are read once. */
export function emitRuntime(): readonly GeneratedFile[] {
  copies ??= readRuntime();
  return copies;
}

let copies: readonly GeneratedFile[] | undefined;

function readRuntime(): readonly GeneratedFile[] {
  const folder = runtimeFolder();
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return names.sort().map((name) => ({
    path: `runtime/${name}`,
    text: codeHeader + readFileSync(join(folder, name), 'utf8'),
  }));
}
