/** One step over a JSON text: the offset after it, or nothing, with the fault noted. */
type Step = (at: number) => number | undefined;

/**
 * Where a text stops being JSON, as an offset; its length where it ends too soon. JSON.parse tells only sometimes.
 * The text must not be nested deeper than the stack.
 */
export function firstFault(text: string): number {
  let fault = 0;
  const fail = (at: number): undefined => {
    fault = Math.max(fault, at);
    return undefined;
  };
  const space: (at: number) => number = (at) => {
    let next = at;
    while (/[ \t\n\r]/.test(text.charAt(next))) next += 1;
    return next;
  };
  const token = (pattern: RegExp, at: number): number | undefined => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : fail(at);
  };
  const list = (at: number, close: string, entry: Step): number | undefined => {
    let next = space(at + 1);
    if (text.charAt(next) === close) return next + 1;
    for (;;) {
      const after = entry(next);
      if (after === undefined) return undefined;
      next = space(after);
      if (text.charAt(next) === close) return next + 1;
      if (text.charAt(next) !== ',') return fail(next);
      next = space(next + 1);
    }
  };
  const pair: Step = (at) => {
    const name = string(at);
    if (name === undefined) return undefined;
    const colon = space(name);
    return text.charAt(colon) === ':' ? value(space(colon + 1)) : fail(colon);
  };
  const string: Step = (at) => {
    const end = token(STRING, at);
    // A string that is opened and not closed ends where the text or the line does.
    return end ?? (text.charAt(at) === '"' ? fail(lineEnd(text, at)) : undefined);
  };
  const value: Step = (at) => {
    const first = text.charAt(at);
    if (first === '{') return list(at, '}', pair);
    if (first === '[') return list(at, ']', value);
    return first === '"' ? string(at) : token(SCALAR, at);
  };
  const end = value(space(0));
  return end === undefined ? fault : space(end);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that a string of JSON must not hold
const STRING = /"(?:[^"\\\u0000-\u001f]+|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
