import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Another tool that we measure ourselves against, at an exact version. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Packages that it asks for as peers, where what npm would choose does not serve: `typescript@5.9.3`. */
  readonly besides?: readonly string[];
}

/**
 * Installs a peer into the user's cache folder, unless it is there, so that the project itself need not depend on it.
 *
 * @returns the file of its command line program, to be run by node
 * @throws where npm cannot install it, with what npm wrote
 */
export async function installPeer({ name, version, besides = [] }: Peer, bin: string): Promise<string> {
  const folder = join(cacheFolder(), `${name.replace(/^@/, '').replace('/', '-')}-${version}`);
  if (!existsSync(folder)) {
    process.stderr.write(`installing ${name}@${version} into ${folder}\n`);
    const partial = `${folder}.${process.pid}`;
    mkdirSync(partial, { recursive: true });
    writeFileSync(join(partial, 'package.json'), JSON.stringify({ private: true }));
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    try {
      await npm(['install', ...options, `${name}@${version}`, ...besides], partial);
      renameSync(partial, folder);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return binOf(join(folder, 'node_modules', name), bin);
}

/** By the npm that runs us where one does: that works wherever npm does. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  const program = process.env.npm_execpath;
  const [file, first] = program === undefined ? ['npm', []] : [process.execPath, [program]];
  await promisify(execFile)(file, [...first, ...args], { cwd });
}

/** The file that a package's `bin` names. */
export function binOf(packageFolder: string, bin: string): string {
  const manifest: { readonly bin: string | Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(packageFolder, 'package.json'), 'utf8'),
  );
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  if (file === undefined) throw new Error(`"${packageFolder}" has no program "${bin}".`);
  return join(packageFolder, file);
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base =
    XDG_CACHE_HOME || (process.platform === 'win32' && LOCALAPPDATA ? LOCALAPPDATA : join(homedir(), '.cache'));
  return join(base, 'rolecall', 'bench');
}
