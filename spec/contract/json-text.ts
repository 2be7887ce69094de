/** What JSON.parse lets through or does not place: duplicate keys, depth, and where a text stops being JSON. */
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

const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const WORD = /[^\s,:[\]{}"]+|./suy;

type Expected = 'a value' | 'a name in double quotes' | '":"' | '"," or the closing bracket' | 'the end';

/** Where a text that is not JSON stops being it. */
export function breakOfJson(text: string): JsonFlaw {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'a value';
  /** Right after an opening bracket, where it may close at once. */
  let fresh = false;
  let offset = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    const [taken] = pattern.exec(text) ?? [];
    offset += taken?.length ?? 0;
    return taken;
  };
  const after = (): Expected => (open.length === 0 ? 'the end' : '"," or the closing bracket');
  for (;;) {
    take(SPACE);
    const sign = text[offset];
    const closing = open.at(-1) === '{' ? '}' : ']';
    const closes = open.length > 0 && sign === closing && (fresh || expected === '"," or the closing bracket');
    if (sign === undefined) break;
    if (closes) {
      open.pop();
      expected = after();
    } else if (expected === 'a value' && (sign === '{' || sign === '[')) {
      open.push(sign);
      expected = sign === '{' ? 'a name in double quotes' : 'a value';
      fresh = true;
      offset++;
      continue;
    } else if (expected === '":"' && sign === ':') expected = 'a value';
    else if (expected === '"," or the closing bracket' && sign === ',') {
      expected = open.at(-1) === '{' ? 'a name in double quotes' : 'a value';
    } else if (expected === 'a value' && take(SCALAR) !== undefined) {
      expected = after();
      fresh = false;
      continue;
    } else if (expected === 'a name in double quotes' && sign === '"' && take(SCALAR) !== undefined) {
      expected = '":"';
      fresh = false;
      continue;
    } else break;
    fresh = false;
    offset++;
  }
  const received = offset >= text.length ? 'the end of the text' : JSON.stringify(peek(text, offset));
  return { offset, message: `is not JSON: expected ${expected}, received ${received}` };
}

function peek(text: string, offset: number): string {
  WORD.lastIndex = offset;
  return (WORD.exec(text)?.[0] ?? '').slice(0, 30);
}
