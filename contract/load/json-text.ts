/** Something wrong with a text of JSON, and where. */
export interface JsonFlaw {
  /** From 0. */
  readonly offset: number;
  readonly message: string;
}

/** Whoever walks a contract does so by recursion; nobody writes a schema as deep as this. */
export const MOST_NESTED = 500;

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [...'"\\,:[]{}'].map((sign) =>
  sign.charCodeAt(0),
);

/** The first thing in a text of valid JSON that would be lost or could not be walked. Only keys and brackets are read. */
export function flawOfJson(text: string): JsonFlaw | undefined {
  const keys: (Set<string> | undefined)[] = [];
  let names: Set<string> | undefined;
  let expectsKey = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charCodeAt(index);
    if (sign === QUOTE) {
      const end = endOfString(text, index);
      if (expectsKey && names !== undefined) {
        const name = text.slice(index, end + 1);
        if (names.has(name)) return { offset: index, message: `${name} stands twice in one object; expected it once` };
        names.add(name);
      }
      index = end;
    } else if (sign === OPEN || sign === OPEN_LIST) {
      keys.push(names);
      names = sign === OPEN ? new Set() : undefined;
      expectsKey = sign === OPEN;
      if (keys.length > MOST_NESTED) {
        const message = `is nested more than ${MOST_NESTED} deep; expected a document that refers to its parts by $ref`;
        return { offset: index, message };
      }
    } else if (sign === CLOSE || sign === CLOSE_LIST) names = keys.pop();
    else if (sign === COMMA) expectsKey = names !== undefined;
    else if (sign === COLON) expectsKey = false;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}
