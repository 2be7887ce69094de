import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { packageRoot } from '../contract/load/package-root.js';

/** The package as a user installs it. */
export interface BuiltPackage {
  /** The folder with `package.json`. It is below `node_modules`, where dependencies are found. */
  readonly folder: string;
  /** The built command line. */
  readonly cli: string;
  remove(): void;
}

/** What commands read besides `dist`. */
const READ_AT_RUN_TIME = ['package.json', 'spec', 'contract/vocabulary.schema.json', 'generator/runtime'];

/** Builds the package from the sources: what `npm run build` does, without its type check. */
export async function buildPackage(name: string): Promise<BuiltPackage> {
  const root = packageRoot();
  const folder = join(root, 'node_modules', '.cache', `rolecall-${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const path of READ_AT_RUN_TIME) cpSync(join(root, path), join(folder, path), { recursive: true });
  const { config } = ts.readConfigFile(join(root, 'tsconfig.build.json'), ts.sys.readFile);
  const { fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  await build({ entryPoints: fileNames, outdir: join(folder, 'dist'), outbase: root, format: 'esm', platform: 'node' });
  execFileSync(process.execPath, [join(folder, 'dist/tools/package-contract.js')]);
  return { folder, cli: join(folder, 'dist/rolecall.js'), remove: () => rmSync(folder, { recursive: true }) };
}
