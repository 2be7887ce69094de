import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { JsonFlaw } from './json-text.js';

/** What was expected, by the library's name of the fault. */
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

/** Where a text that is not JSON stops being it. The text must not be nested deeper than the stack. */
export function faultOfJson(text: string): JsonFlaw {
  const faults: ParseError[] = [];
  parse(text, faults, { disallowComments: true });
  const [first] = faults;
  if (first === undefined) return { offset: 0, message: 'is not JSON' };
  const name = printParseErrorCode(first.error);
  WORD.lastIndex = first.offset;
  const received = WORD.exec(text)?.[0].slice(0, 30);
  const shown = received === undefined ? 'the end of the text' : JSON.stringify(received);
  return { offset: first.offset, message: `is not JSON: expected ${EXPECTED[name] ?? 'a value'}, received ${shown}` };
}
