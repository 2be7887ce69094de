/** Text for `sh`, in double quotes. Nothing in it is expanded but `variables`, which map text to variable names. */
export function quoted(text: string, variables: ReadonlyMap<string, string> = new Map()): string {
  return `"${escaped(text, variables)}"`;
}

/** The same without the quotes. */
export function escaped(text: string, variables: ReadonlyMap<string, string>): string {
  let rest = text;
  let written = '';
  // The longest first: one value may contain another.
  const values = [...variables.keys()].sort((one, other) => other.length - one.length);
  while (rest !== '') {
    const before = text[text.length - rest.length - 1];
    const value = values.find((candidate) => rest.startsWith(candidate) && isWhole(candidate, before, rest));
    const controls = CONTROLS.exec(rest)?.[0];
    const run = LONG_RUN.exec(rest)?.[0];
    if (value !== undefined) {
      written += `\${${variables.get(value)}}`;
      rest = rest.slice(value.length);
    } else if (controls !== undefined) {
      written += `$(printf '${octal(controls)}')`;
      rest = rest.slice(controls.length);
    } else if (run !== undefined) {
      written += `$(printf '%0${run.length}d' 0 | tr 0 '${run[0]}')`;
      rest = rest.slice(run.length);
    } else {
      written += rest[0]?.replace(/[\\"$`]/, '\\$&');
      rest = rest.slice(1);
    }
  }
  return written;
}

/** Digits occur everywhere: a number is meant only where it is a whole segment of a path. */
function isWhole(value: string, before: string | undefined, rest: string): boolean {
  return !/^\d+$/.test(value) || (before === '/' && /^([/?]|$)/.test(rest.slice(value.length)));
}

/** One character many times, which the shell can repeat. */
const LONG_RUN = /^([\w[\]{}])\1{99,}/;

/** Characters that a terminal would obey instead of showing: they are written as `printf` escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this pattern is for
const CONTROLS = /^[\x01-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/;

function octal(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
