/** A part of a YAML text that parses on its own, and what is left of the path to a value in it. */
export interface Block {
  readonly start: number;
  readonly end: number;
  /** From the key with which the block begins. */
  readonly rest: readonly string[];
}

/**
 * The smallest block of a YAML text in which a path can be followed by indentation alone: the lines of the last key that
 * is on a line of its own, below keys that are. Lists, values in brackets and quoted texts end the search, and so does
 * everything unusual, so that the block may be the whole text.
 */
export function narrowed(lines: Lines, path: readonly string[]): Block {
  const { text, starts } = lines;
  let block: Block = { start: 0, end: text.length, rest: path };
  let [from, to] = [0, starts.length];
  for (const [depth, name] of path.entries()) {
    const key = lines.keysIn(from, to).get(name);
    if (key === undefined) break;
    block = { start: starts[key.line] ?? 0, end: starts[key.end] ?? text.length, rest: path.slice(depth) };
    if (key.hasValue) break;
    [from, to] = [key.line + 1, key.end];
  }
  return block;
}

/** A key of a mapping that is at the start of its line. */
interface Key {
  readonly line: number;
  /** The line after its value. */
  end: number;
  /** Whether its value begins on the same line. */
  readonly hasValue: boolean;
}

/** Instead of the indentation of a line without content. */
const NOTHING = -1;

/** A YAML text by lines. */
export class Lines {
  readonly text: string;
  readonly starts: readonly number[];
  /** The number of spaces before the content of each line. */
  readonly #indents: readonly number[];
  readonly #keys = new Map<number, ReadonlyMap<string, Key>>();

  constructor(text: string) {
    const starts: number[] = [];
    const indents: number[] = [];
    for (let start = 0; start < text.length; ) {
      let content = start;
      while (text[content] === ' ') content += 1;
      const indent = content - start;
      // Tabs do not indent, but a line may have nothing else.
      while (text[content] === ' ' || text[content] === '\t') content += 1;
      starts.push(start);
      indents.push(/[#\r\n]/.test(text[content] ?? '\n') ? NOTHING : indent);
      const end = text.indexOf('\n', content);
      start = end < 0 ? text.length : end + 1;
    }
    this.text = text;
    this.starts = starts;
    this.#indents = indents;
  }

  /** The keys of the mapping that these lines are; none if they are something else. */
  keysIn(from: number, to: number): ReadonlyMap<string, Key> {
    const keys = this.#keys.get(from) ?? this.#findKeys(from, to);
    this.#keys.set(from, keys);
    return keys;
  }

  #findKeys(from: number, to: number): ReadonlyMap<string, Key> {
    const keys = new Map<string, Key>();
    let indent = NOTHING;
    let last: Key | undefined;
    for (let line = from; line < to; line++) {
      const own = this.#indents[line] ?? NOTHING;
      if (indent === NOTHING) indent = own;
      const isDeeper = own === NOTHING || own > indent;
      // A list may have the indentation of its key. So has the start of a document.
      if (isDeeper || this.text[(this.starts[line] ?? 0) + own] === '-') continue;
      if (last !== undefined) last.end = line;
      const found = own === indent ? this.#keyAt(line, (this.starts[line] ?? 0) + own) : undefined;
      last = found && { line, end: to, hasValue: found.hasValue };
      if (found && last && !keys.has(found.name)) keys.set(found.name, last);
    }
    return keys;
  }

  #keyAt(line: number, start: number): { readonly name: string; readonly hasValue: boolean } | undefined {
    KEY.lastIndex = start;
    const { 0: written = '', groups: { quoted, plain } = {} } = KEY.exec(this.text) ?? {};
    const name = quoted === undefined ? plain?.trimEnd() : unquoted(quoted);
    const value = this.text.slice(start + written.length, this.starts[line + 1] ?? this.text.length);
    return name === undefined ? undefined : { name, hasValue: !/^\s*(?:#.*)?$/s.test(value) };
  }
}

/** The spaces before the colon belong to `plain`: looking for their end at each of them would take too long. */
const KEY =
  /(?:(?<quoted>"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*') *|(?<plain>[^\s"'#&*!|>%@`{}[\],?:-][^\n]*?)):(?=[ \r\n]|$)/y;

function unquoted(quoted: string): string | undefined {
  if (quoted.startsWith("'")) return quoted.slice(1, -1).replaceAll("''", "'");
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined; // has an escape that only YAML knows
  }
}
