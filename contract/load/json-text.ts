import { createRequire } from 'node:module';
import type * as Jsonc from 'jsonc-parser';
import type { Json } from '../json/json.js';

/** What is wrong with a text, and where. */
export interface TextProblem {
  /** `syntax`: it is not in the language at all. `content`: it is, and has something that is refused. */
  readonly kind: 'syntax' | 'content';
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** A predicate whose subject is the file: `is not JSON: expected …, received …`. */
  readonly message: string;
}

export type ParsedText = { readonly value: Json } | { readonly problem: TextProblem };

/** Code that walks a value uses recursion, and no real document is this deep. */
export const MOST_NESTED = 500;

export interface JsonTextOptions {
  /** `refuse`: a name may appear once in an object. `keep-last`: as in `JSON.parse`. */
  readonly repeatedNames: 'refuse' | 'keep-last';
  /** How deep objects and lists may be nested; `MOST_NESTED` unless given. */
  readonly mostNested?: number;
}

/**
 * Parses a text from outside as JSON. A byte order mark is skipped. Refuses a text that is not JSON, that is nested too
 * deep, that has a number beyond the range of a double (`1e999`), or, if asked, that repeats a name in an object.
 */
export function parseJsonText(
  written: string,
  { repeatedNames, mostNested = MOST_NESTED }: JsonTextOptions,
): ParsedText {
  const text = written.startsWith('\uFEFF') ? written.slice(1) : written;
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    const tooDeep = tooDeepAt(text, mostNested);
    if (tooDeep !== undefined) return { problem: placed(text, tooDeep, 'content') };
    if (isUtf16(text)) return { problem: UTF16 };
    // Only some versions of Node say where.
    return { problem: placed(text, syntaxFaultOf(text), 'syntax') };
  }
  const fault = contentFaultOf(text, value, { repeatedNames, mostNested });
  return fault === undefined ? { value } : { problem: placed(text, fault, 'content') };
}

/** Windows PowerShell writes what a command prints in UTF-16. */
export const UTF16: TextProblem = { kind: 'syntax', line: 1, column: 1, message: 'is in UTF-16; save it as UTF-8' };

/** Whether a text in UTF-16 was read as UTF-8: with a byte order mark, or with every other byte zero. */
export function isUtf16(text: string): boolean {
  return /^(\ufffd\ufffd|.\0.\0|\0.\0)/.test(text);
}

/** What is refused in a valid text. Its value shows whether there is anything to look for: most texts are not read again. */
function contentFaultOf(
  text: string,
  value: Json,
  { repeatedNames, mostNested }: Required<JsonTextOptions>,
): Fault | undefined {
  const content = new Content();
  content.add(value, mostNested);
  const tooDeep = content.isTooDeep ? tooDeepAt(text, mostNested) : undefined;
  if (tooDeep !== undefined) return tooDeep;
  // A repeated name leaves fewer names in the value than there are in the text.
  const mayRepeat = repeatedNames === 'refuse' && content.names < mostNamesIn(text);
  return (mayRepeat ? repeatedNameOf(text) : undefined) ?? (content.hasInfinity ? infiniteNumberOf(text) : undefined);
}

/** What the parts of a value have together. */
class Content {
  /** Of the properties of all objects. */
  names = 0;
  hasInfinity = false;
  isTooDeep = false;

  /** @param levels - how deep objects and lists may be nested */
  add(value: Json, levels: number): void {
    if (typeof value === 'number') this.hasInfinity ||= !Number.isFinite(value);
    if (typeof value !== 'object' || value === null) return;
    if (levels === 0) {
      this.isTooDeep = true;
      return;
    }
    const parts: readonly Json[] = Object.values(value);
    if (!Array.isArray(value)) this.names += parts.length;
    for (const part of parts) this.add(part, levels - 1);
  }
}

/** The end of a name, or a quote in a string that looks like it; most of those are escaped, and not counted. */
const MAYBE_END_OF_NAME = /(?<![^\\]\\)"\s*:/g;

/** The number of names in a valid text, or more. */
function mostNamesIn(text: string): number {
  return text.match(MAYBE_END_OF_NAME)?.length ?? 0;
}

/** Whether a text of JSON nests objects and lists deeper than any code here walks. */
export function isNestedTooDeep(text: string, mostNested: number = MOST_NESTED): boolean {
  return text.length > mostNested && tooDeepAt(text, mostNested) !== undefined; // every level takes a bracket
}

interface Fault {
  /** From 0. */
  readonly offset: number;
  readonly message: string;
}

function placed(text: string, { offset, message }: Fault, kind: TextProblem['kind']): TextProblem {
  const before = text.slice(0, offset);
  return { kind, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n'), message };
}

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [...'"\\,:[]{}'].map((sign) =>
  sign.charCodeAt(0),
);

/** Where a text nests objects and lists too deep, by the brackets outside its strings. */
function tooDeepAt(text: string, most: number): Fault | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charCodeAt(index);
    if (sign === QUOTE) index = endOfString(text, index);
    else if (sign === OPEN || sign === OPEN_LIST) {
      if (++depth > most) return { offset: index, message: `is nested deeper than ${most} levels` };
    } else if (sign === CLOSE || sign === CLOSE_LIST) depth--;
  }
  return undefined;
}

/** The first name that an object of a valid text has twice; `JSON.parse` would silently drop the first value. */
function repeatedNameOf(text: string): Fault | undefined {
  const outer: (Set<string> | undefined)[] = [];
  let names: Set<string> | undefined;
  let expectsName = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charCodeAt(index);
    if (sign === QUOTE) {
      const end = endOfString(text, index);
      if (expectsName && names !== undefined) {
        const name = text.slice(index, end + 1);
        if (names.has(name)) return { offset: index, message: `has ${name} twice in one object; expected it once` };
        names.add(name);
      }
      index = end;
    } else if (sign === OPEN || sign === OPEN_LIST) {
      outer.push(names);
      names = sign === OPEN ? new Set() : undefined;
      expectsName = sign === OPEN;
    } else if (sign === CLOSE || sign === CLOSE_LIST) names = outer.pop();
    else if (sign === COMMA) expectsName = names !== undefined;
    else if (sign === COLON) expectsName = false;
  }
  return undefined;
}

/** A string (so that digits inside it are skipped) or a number. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The first number of a valid text that `JSON.parse` reads as Infinity. */
function infiniteNumberOf(text: string): Fault | undefined {
  for (const { 0: written, index } of text.matchAll(STRING_OR_NUMBER)) {
    if (written.startsWith('"') || Number.isFinite(Number(written))) continue;
    const shown = written.length > 20 ? `${written.slice(0, 20)}…` : written;
    return { offset: index, message: `has the number ${shown}, which is too large; expected a finite number` };
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

/** jsonc-parser's names of syntax errors → what was expected. */
const EXPECTED: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '"," or the closing bracket',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'the end',
  UnexpectedEndOfString: 'a string that ends on its line',
  InvalidCommentToken: 'no comment',
};

const WORD = /[^\s,:[\]{}"]+|./suy;

/** Where a text stops being JSON. */
function syntaxFaultOf(text: string): Fault {
  // Loaded only for a broken text, and synchronously, so that callers need not be asynchronous for it.
  const { parse, printParseErrorCode } = createRequire(import.meta.url)('jsonc-parser') as typeof Jsonc;
  const errors: Jsonc.ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined) return { offset: 0, message: 'is not JSON' };
  WORD.lastIndex = first.offset;
  const received = WORD.exec(text)?.[0].slice(0, 30);
  const shown = received === undefined ? 'the end of the text' : JSON.stringify(received);
  const expected = EXPECTED[printParseErrorCode(first.error)] ?? 'a value';
  return { offset: first.offset, message: `is not JSON: expected ${expected}, received ${shown}` };
}
