import type { GeneratedFile } from '../generated-file.js';

/** Controls except tab and line feed, and characters that reorder text or end a line for some readers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this pattern is for
const INVISIBLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Files without such characters: while a contract is being watched, most are those of the run before. */
const known = new WeakSet<GeneratedFile>();

/**
 * A file without characters of the contract that hide or reorder what a reader of it sees. Code has the escape of
 * JavaScript in their place, which means the same in a string; other texts have a replacement character.
 */
export function visible(file: GeneratedFile): GeneratedFile {
  if (known.has(file)) return file;
  const { path, text } = file;
  if (text.search(INVISIBLE) < 0) {
    known.add(file);
    return file;
  }
  const isCode = /\.(?:ts|js|json)$/.test(path);
  const shown = (character: string): string =>
    isCode ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : '\ufffd';
  return { path, text: text.replace(INVISIBLE, shown) };
}
