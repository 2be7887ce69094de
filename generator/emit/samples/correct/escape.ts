/** Texts between quotes, for languages in which the library leaves backslashes or newlines as they are. */

/** Between single quotes of JavaScript. */
export function inJavascript(text: string): string {
  return inJson(text).replaceAll('\\"', '"').replaceAll("'", "\\'");
}

/** Between double quotes of Python, which has the escapes of JSON. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Between double quotes of C: control characters are octal there. */
export function inC(text: string): string {
  return controlsIn(text, (code) => `\\${code.toString(8).padStart(3, '0')}`);
}

/** Between double quotes of Swift. */
export function inSwift(text: string): string {
  return controlsIn(text, (code) => `\\u{${code.toString(16)}}`);
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function controlsIn(text: string, written: (code: number) => string): string {
  return text.replaceAll(/["\\]|\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    return SHORT[character] ?? (code < 0x80 ? written(code) : character);
  });
}
