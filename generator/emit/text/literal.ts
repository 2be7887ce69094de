/** A plain value that can be emitted as code, or contains code. */
export type Plain = null | boolean | number | string | Code | readonly Plain[] | { readonly [key: string]: Plain };

/** Code in the place of a value: a name, or a call of a function. */
export class Code {
  readonly text: string;

  constructor(name: string, args?: readonly Plain[]) {
    this.text = args === undefined ? name : `${name}(${args.map(onOneLine).join(', ')})`;
  }
}

function onOneLine(value: Plain): string {
  return inline(value, Number.POSITIVE_INFINITY) ?? '';
}

const lineWidth = 120;

/**
 * A value as TypeScript: with single quotes, unquoted keys if possible, on one line if it fits from `column` on, else
 * with one entry per line.
 */
export function literal(value: Plain, indentation = 0, column = indentation): string {
  if (typeof value !== 'object' || value === null || value instanceof Code) return atom(value);
  const line = inline(value, lineWidth - column - 1);
  if (line !== undefined) return line;
  const inner = ' '.repeat(indentation + 2);
  const entries = Array.isArray(value)
    ? value.map((entry: Plain) => literal(entry, indentation + 2))
    : entriesOf(value).map(([key, entry]) => {
        const name = `${keyOf(key)}: `;
        return name + literal(entry, indentation + 2, indentation + 2 + name.length);
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${' '.repeat(indentation)}${close}`;
}

/** The value on one line, or undefined if it does not fit; stops as soon as that is certain. */
function inline(value: Plain, room: number): string | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Code) {
    const text = atom(value);
    return text.length <= room ? text : undefined;
  }
  const whole = Array.isArray(value);
  let text = whole ? '[' : '{ ';
  const entries: readonly (readonly [string, Plain])[] = whole
    ? value.map((entry: Plain) => ['', entry] as const)
    : entriesOf(value).map(([key, entry]) => [`${keyOf(key)}: `, entry] as const);
  if (entries.length === 0) return whole ? '[]' : '{}';
  for (const [index, [name, entry]] of entries.entries()) {
    text += (index === 0 ? '' : ', ') + name;
    const rest = inline(entry, room - text.length - 1);
    if (rest === undefined) return undefined;
    text += rest;
  }
  text += whole ? ']' : ' }';
  return text.length <= room ? text : undefined;
}

function atom(value: null | boolean | number | string | Code): string {
  if (value instanceof Code) return value.text;
  return typeof value === 'string' ? quote(value) : String(value);
}

function entriesOf(value: Plain): [string, Plain][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** A bare or quoted `__proto__` would set the prototype. */
function keyOf(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^(?:[A-Za-z_$][\w$]*|0|[1-9]\d*)$/.test(key) ? key : quote(key);
}

/** A string literal: in single quotes, or in double quotes if that saves backslashes. */
export function quote(text: string): string {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  if (!text.includes("'")) return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
  return text.includes('"') ? `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : json;
}
