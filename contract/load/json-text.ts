import { createRequire } from 'node:module';
import type * as Jsonc from 'jsonc-parser';
import type { Json } from '../json.js';

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
  const { fault: depthFault, names } = scan(text, mostNested);
  if (depthFault !== undefined) return { problem: placed(text, depthFault, 'content') };
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    // Only some versions of Node say where.
    return { problem: placed(text, syntaxFaultOf(text), 'syntax') };
  }
  // A repeated name leaves fewer names in the value than there are in the text: most texts need no second look.
  const mayRepeat = repeatedNames === 'refuse' && namesIn(value) < names;
  const fault = (mayRepeat ? repeatedNameOf(text) : undefined) ?? infiniteNumberOf(text);
  return fault === undefined ? { value } : { problem: placed(text, fault, 'content') };
}

/** Whether a text of JSON nests objects and lists deeper than any code here walks. */
export function isNestedTooDeep(text: string, mostNested: number = MOST_NESTED): boolean {
  return text.length > mostNested && scan(text, mostNested).fault !== undefined; // every level takes a bracket
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

/** Looks at the brackets and colons of a text outside its strings. */
function scan(text: string, most: number): { readonly fault?: Fault; readonly names: number } {
  let depth = 0;
  let names = 0;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charCodeAt(index);
    if (sign === QUOTE) index = endOfString(text, index);
    else if (sign === COLON) names++;
    else if (sign === OPEN || sign === OPEN_LIST) {
      if (++depth > most) return { fault: { offset: index, message: `is nested deeper than ${most} levels` }, names };
    } else if (sign === CLOSE || sign === CLOSE_LIST) depth--;
  }
  return { names };
}

/** How many names the objects in a value have together. */
function namesIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) {
    for (const entry of value as readonly Json[]) names += namesIn(entry);
    return names;
  }
  for (const inner of Object.values(value)) names += 1 + namesIn(inner);
  return names;
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
/**
 * What every number beyond the range of a double has: an exponent of three digits, or more digits than anyone writes.
 * What stands in front of a number is rare in front of the digits of a hash.
 */
const MAYBE_TOO_LARGE = /(?:^|[\s:,[])-?\d+(?:\.\d+)?[eE]\+?\d{3}|\d{200}/;

/** The first number of a valid text that `JSON.parse` reads as Infinity. */
function infiniteNumberOf(text: string): Fault | undefined {
  if (!MAYBE_TOO_LARGE.test(text)) return undefined;
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
