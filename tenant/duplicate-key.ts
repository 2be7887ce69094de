/** A property that an object of a JSON text has twice, of which `JSON.parse` would keep the last. */
export interface DuplicateKey {
  readonly key: string;
  /** Where it stands the second time, in characters from the start. */
  readonly offset: number;
}

const STRING_OR_BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;

/** The first such property, or nothing. @param json a text that is JSON */
export function duplicateKeyIn(json: string): DuplicateKey | undefined {
  // One set of keys for each object that is open; nothing for a list.
  const open: (Set<string> | undefined)[] = [];
  for (const { 0: token, index } of json.matchAll(STRING_OR_BRACKET)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else {
      const keys = open.at(-1);
      if (keys === undefined || !isKey(json, index + token.length)) continue;
      const key = JSON.parse(token) as string; // the token is a string
      if (keys.has(key)) return { key, offset: index };
      keys.add(key);
    }
  }
  return undefined;
}

/** Whether a string that ends here has a colon after it. */
function isKey(json: string, end: number): boolean {
  let at = end;
  while (/\s/.test(json.charAt(at))) at += 1;
  return json.charAt(at) === ':';
}
