import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** Why a reference may not read a file. */
export type Refusal =
  /** Outside the folder of the root document, and not in a folder that the user allows. */
  | 'outside'
  /** A folder, FIFO, device or socket: reading it fails, never ends, or has effects. */
  | 'irregular';

/**
 * Decides which files the references of a contract may read. A contract may come from somebody else: without limits, its
 * references could read any file of the user. Symbolic links are followed before a path is compared.
 */
export class FileAccess {
  readonly #root: string;
  readonly #allowed: readonly string[];
  #real: Promise<readonly [root: string, ...allowed: readonly string[]]> | undefined;

  /** @param entry the root document. @param allowed folders besides that of the root document */
  constructor(entry: string, allowed: readonly string[]) {
    this.#root = dirname(resolve(entry));
    this.#allowed = allowed.map((folder) => resolve(folder));
  }

  /** @param path absolute, of a file that a reference names. Nothing for a missing file, whose reading fails anyway. */
  async refusalOf(path: string): Promise<Refusal | undefined> {
    const [root, ...allowed] = await this.#folders();
    const real = await realpath(path).catch(() => undefined);
    if (![root, ...allowed].some((folder) => isInside(folder, real ?? path))) return 'outside';
    if (real === undefined) return undefined;
    return (await stat(real)).isFile() ? undefined : 'irregular';
  }

  /**
   * Whether messages must not quote a file: it is outside the folder of the root document, or has no name of a YAML or
   * JSON file, such as `.env`.
   */
  async isForeign(path: string): Promise<boolean> {
    const [root] = await this.#folders();
    const real = await realpath(path).catch(() => path);
    return !isInside(root, real) || !/\.(ya?ml|json)$/i.test(path);
  }

  #folders(): Promise<readonly [root: string, ...allowed: readonly string[]]> {
    const real = (folder: string) => realpath(folder).catch(() => folder);
    this.#real ??= Promise.all([real(this.#root), ...this.#allowed.map(real)]);
    return this.#real;
  }
}

function isInside(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

/** A message without the parts of a file that it quotes. */
export function withoutQuotes(message: string): string {
  return message
    .replace(/^(is not (?:JSON|YAML)): .*$/s, '$1')
    .replace(/"(?:[^"\\]|\\.)*"/gs, '"…"')
    .replace(/\b(received|the number) [^",;]+/g, '$1 …');
}
