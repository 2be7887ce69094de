import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { CONVENTIONAL_SPEC } from '../../contract/load/default.js';
import { loadContract } from '../../contract/load/load.js';
import { hashesOf } from '../../contract/load/packaged.js';
import { CONTROL_SPEC } from '../../tenant/control/api/control-contract.js';
import { licensesOf } from './licenses.js';

/** Threads of the generator and the proxy, which find their files beside the chunks that start them. */
const WORKERS = [
  { in: 'generator/emit/emit-worker.ts', out: 'chunks/emit-worker' },
  { in: 'proxy/observe/observer-worker.ts', out: 'chunks/observer-worker' },
];

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The modules that a user can import or run, without folder and extension: `index`, `tenant/tenant`. */
export function packageEntries(root: string): readonly string[] {
  const { bin, exports } = readManifest(root);
  const modules = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default]));
  return [...Object.values(bin), ...modules].map((path) => path.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, ''));
}

/**
 * Writes the code of the package and its contract. Modules that are always loaded together are one file, since loading
 * hundreds of files takes longer than most commands; what a command loads on demand stays apart. The contract is one
 * file as well, so that no command parses YAML.
 *
 * @param root - the project
 * @param folder - becomes `dist` of the package
 */
export async function bundlePackage(root: string, folder: string): Promise<void> {
  const entries = packageEntries(root);
  const modules = await bundle(
    root,
    [...entries.map((entry) => ({ in: `${entry}.ts`, out: entry })), ...WORKERS],
    folder,
  );
  const ofConsole = await bundleConsole(root, folder);
  writeFileSync(join(folder, 'LICENSES.txt'), licensesOf(root, [...modules, ...ofConsole]));
  chmodSync(join(folder, 'rolecall.js'), 0o755);
  const { contract, files } = await loadContract(join(root, CONVENTIONAL_SPEC));
  const [first = '', ...others] = files;
  mkdirSync(join(folder, 'spec'), { recursive: true });
  writeFileSync(join(folder, 'spec', 'contract.json'), JSON.stringify(contract.document));
  writeFileSync(join(folder, 'spec', 'contract-sources.json'), JSON.stringify(await hashesOf([first, ...others])));
  const control = await loadContract(join(root, CONTROL_SPEC));
  writeFileSync(join(folder, 'spec', 'control.json'), JSON.stringify(control.contract.document));
}

/** The page of the console: one script for browsers, with everything in it. @returns the modules in it */
async function bundleConsole(root: string, folder: string): Promise<readonly string[]> {
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints: [{ in: 'console/app/main.tsx', out: 'console' }],
    outdir: join(folder, 'console'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** Writes modules of the project that can be run by themselves. @param files - relative to the project */
export async function bundleModules(root: string, files: readonly string[], folder: string): Promise<void> {
  await bundle(
    root,
    files.map((file) => ({ in: file, out: file.replace(/\.ts$/, '') })),
    folder,
  );
}

/** CommonJS packages inside the files call `require` for modules of Node.js. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** Modules that take the place of what openapi-typescript loads, so that its transformation is all that is loaded. */
const STAND_INS: Readonly<Record<string, string>> = {
  typescript: 'typescript.ts',
  '@redocly/openapi-core/lib/ref-utils.js': 'ref-utils.ts',
};

/** Bundles openapi-typescript with them. */
function standIns(root: string): Plugin {
  return {
    name: 'stand-ins',
    setup({ onResolve }) {
      onResolve({ filter: /^(typescript|@redocly\/)/ }, ({ path, importer }) => {
        const file = /[\\/]openapi-typescript[\\/]/.test(importer) ? STAND_INS[path] : undefined;
        return file === undefined ? undefined : { path: join(root, 'generator/emit/types/stand-in', file) };
      });
    },
  };
}

/** @returns the modules in the files, relative to the project */
async function bundle(
  root: string,
  entryPoints: { in: string; out: string }[],
  outdir: string,
): Promise<readonly string[]> {
  const { dependencies, peerDependencies } = readManifest(root);
  const installed = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    // Other packages become part of the bundle: their users install nothing for them.
    external: installed.flatMap((name) => [name, `${name}/*`]),
    plugins: [standIns(root)],
    banner: { js: REQUIRE },
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}
