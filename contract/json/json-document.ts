/** Control characters beyond ASCII, which JSON leaves as they are, and the start of a workflow command. */
const UNPRINTABLE = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=#)#(?=\[)/g;

/** A value as a JSON document that is safe to print: special characters in its strings are escaped. */
export function jsonDocument(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

/** JSON with special characters in its strings escaped. */
export function escapeJson(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
