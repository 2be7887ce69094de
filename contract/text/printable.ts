/**
 * Characters that change what a terminal shows instead of being shown: C0 controls except tab and line feed (ESC, BEL,
 * backspace, carriage return …), DEL, C1 controls, and the bidirectional controls that reorder text (Unicode TR 36).
 * The line and paragraph separators are here too: some log viewers start a new line at them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this pattern is for
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/**
 * Text from outside as one line of terminal text: control characters are written as `\u{1b}`, line breaks as `\n` and
 * `\r`. Use it for every name or value that a target, a recording, a state file or a contract supplied.
 */
export function printable(text: string): string {
  return escapeControls(text).replaceAll('\n', escapeCharacter);
}

/** Like `printable`, but keeps line feeds, and turns CRLF into them: for excerpts of several lines. */
export function printableLines(text: string): string {
  return escapeControls(text.replaceAll('\r\n', '\n'));
}

function escapeControls(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
