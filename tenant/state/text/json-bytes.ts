/** Positions in the bytes of JSON text. What is not JSON is only found where it stops a walk. */

export const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [...'"\\,:[]{}'].map((sign) =>
  sign.charCodeAt(0),
) as [number, number, number, number, number, number, number, number];

const SPACE = 0x20;

/** 1 for the characters of a string that stand for themselves in one byte: no escapes, nothing beyond ASCII. */
export const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH),
);

/** The first position at or after `at` that has no white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  for (;;) {
    const byte = bytes[next] ?? 0;
    if (byte > SPACE || (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return next;
    next += 1;
  }
}

/** The position after a string. @param at - of its opening quote */
export function endOfString(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < bytes.length) {
    const byte = bytes[next];
    if (byte === QUOTE) return next + 1;
    next += byte === BACKSLASH ? 2 : 1;
  }
  return bytes.length;
}

/** The position after a value. Brackets are counted, not matched. */
export function endOfValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return endOfString(bytes, at);
  let depth = 0;
  let next = at;
  while (next < bytes.length) {
    const byte = bytes[next] ?? 0;
    if (byte === QUOTE) next = endOfString(bytes, next);
    else if (byte === OPEN || byte === OPEN_LIST) {
      depth += 1;
      next += 1;
    } else if (byte === CLOSE || byte === CLOSE_LIST) {
      if (depth === 0) return next;
      depth -= 1;
      next += 1;
      if (depth === 0) return next;
    } else if (depth === 0 && (byte === COMMA || byte <= SPACE)) return next;
    else next += 1;
  }
  return next;
}
