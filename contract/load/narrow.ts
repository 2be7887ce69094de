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
  const { text } = lines;
  let block: Block = { start: 0, end: text.length, rest: path };
  let [from, to] = [lines.isMarked ? 1 : 0, lines.starts.length];
  for (const [depth, name] of path.entries()) {
    const indent = lines.indents.slice(from, to).find((each) => each !== NOTHING);
    const key = indent === undefined ? undefined : keyAt(lines, { from, to, indent }, name);
    if (indent === undefined || key === undefined) break;
    const end = endOf(lines, { from: key.line + 1, to, indent });
    const start = lines.starts[key.line] ?? 0;
    block = { start, end: lines.starts[end] ?? text.length, rest: path.slice(depth) };
    if (key.hasValue) break;
    [from, to] = [key.line + 1, end];
  }
  return block;
}

/** A text by lines. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
  /** The number of spaces before the content of each line. */
  readonly indents: readonly number[];
  /** Whether the first line marks the start of a document. */
  readonly isMarked: boolean;
}

/** Instead of the indentation of a line without content. */
const NOTHING = -1;

export function linesOf(text: string): Lines {
  const starts: number[] = [];
  const indents: number[] = [];
  for (let start = 0; start < text.length; ) {
    let content = start;
    while (text[content] === ' ') content += 1;
    starts.push(start);
    indents.push(/[#\r\n]/.test(text[content] ?? '\n') ? NOTHING : content - start);
    const end = text.indexOf('\n', content);
    start = end < 0 ? text.length : end + 1;
  }
  return { text, starts, indents, isMarked: /^---\s*\n/.test(text) };
}

/** Lines of a mapping with this indentation. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly indent: number;
}

/** The line of a key. @returns whether its value begins on the same line, too */
function keyAt({ text, starts, indents }: Lines, { from, to, indent }: Span, name: string) {
  for (let line = from; line < to; line++) {
    if (indents[line] !== indent) continue;
    const start = (starts[line] ?? 0) + indent;
    const after = afterKey(text, start, name);
    if (after === undefined) continue;
    const value = text.slice(after, starts[line + 1] ?? text.length);
    return { line, hasValue: !/^\s*(?:#.*)?$/s.test(value) };
  }
  return undefined;
}

const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'/y;
const COLON = / *:(?=[ \r\n]|$)/y;

/** Where the key with this name and its colon end, if it is there. */
function afterKey(text: string, start: number, name: string): number | undefined {
  QUOTED.lastIndex = start;
  const quoted = QUOTED.exec(text)?.[0];
  const isIt = quoted === undefined ? name !== '' && text.startsWith(name, start) : unquoted(quoted) === name;
  if (!isIt) return undefined;
  COLON.lastIndex = start + (quoted ?? name).length;
  return COLON.test(text) ? COLON.lastIndex : undefined;
}

function unquoted(quoted: string): string | undefined {
  if (quoted.startsWith("'")) return quoted.slice(1, -1).replaceAll("''", "'");
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined; // has an escape that only YAML knows
  }
}

/** The line after the value of a key: a list may have the indentation of its key. */
function endOf({ text, starts, indents }: Lines, { from, to, indent }: Span): number {
  for (let line = from; line < to; line++) {
    const own = indents[line] ?? NOTHING;
    const isEntry = own === indent && text[(starts[line] ?? 0) + own] === '-';
    if (own !== NOTHING && own <= indent && !isEntry) return line;
  }
  return to;
}
