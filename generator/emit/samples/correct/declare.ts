import type { Correction } from './correction.js';

/**
 * Puts the constants in one block: in front of the snippet, or after its last line that matches a pattern, such as an
 * import.
 */
export function declared(line: (name: string) => string, last?: RegExp): Correction {
  return (code, { names }) => (names.length === 0 ? code : placed(code, names.map(line), last));
}

/** Lines after the last match, with an empty line around them. */
export function placed(code: string, block: readonly string[], last?: RegExp): string {
  const lines = code.split('\n');
  const at = last === undefined ? 0 : lines.findLastIndex((one) => last.test(one)) + 1;
  const before = lines.slice(0, at);
  const rest = lines.slice(at).join('\n').replace(/^\n+/, '');
  return [...before, ...(before.length > 0 ? [''] : []), ...block, '', rest].join('\n');
}
