import { type BigIntStats, statSync } from 'node:fs';
import type { GeneratedFile } from '../emit/generated-file.js';
import { type CompareFile, compareFile } from './compare.js';

/** Milliseconds. On some file systems, two changes within this time may leave the same stamp. */
const RESOLUTION = 2_000;

/**
 * A comparison that does not read a file again that had the same text last time and has not changed since. While a
 * contract is being watched, most files are those of the run before.
 *
 * @param compare - reads a file
 * @param now - milliseconds since 1970
 */
export function rememberingCompare(compare: CompareFile = compareFile, now: () => number = Date.now): CompareFile {
  const stamps = new WeakMap<GeneratedFile, string>();
  return (path, file) => {
    const stamp = stampOf(path, now() - RESOLUTION);
    if (stamp !== undefined && stamps.get(file) === stamp) return undefined;
    const difference = compare(path, file);
    if (difference === undefined && stamp !== undefined) stamps.set(file, stamp);
    return difference;
  };
}

/** What changes with a file; undefined if it cannot be read, or has changed after `before`. */
function stampOf(path: string, before: number): string | undefined {
  const stats = statsOf(path);
  if (stats === undefined || stats.ctimeMs > before || stats.mtimeMs > before) return undefined;
  return `${path} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
