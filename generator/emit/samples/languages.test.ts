import { describe, expect, test } from 'vitest';
import { contractOf } from '../test-support/contract.js';
import { DEFAULT_LANGUAGES, LANGUAGE_KEYS } from './language-keys.js';
import { LANGUAGES } from './languages.js';
import { operationSamples } from './samples-of.js';

/** Everything that has a meaning in a literal of some language. */
const HOSTILE = ['a"b\\c\nd\'e$f#{g}\\(h)%@{i}`j$', '{k}'].join('');

function samplesFor(example: unknown): ReadonlyMap<string, string> {
  const body = { required: true, content: { 'application/json': { example: JSON.parse(JSON.stringify(example)) } } };
  const contract = contractOf({ '/things': { post: { requestBody: body, responses: {} } } });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the contract has one operation');
  const { samples } = operationSamples(contract, operation, { languages: 'all' });
  return new Map(samples.map(({ language, code }) => [language, code]));
}

test('the table has the languages that the command line lists', () => {
  expect(LANGUAGES.map(({ key }) => key)).toEqual(LANGUAGE_KEYS);
  expect(LANGUAGE_KEYS).toEqual(expect.arrayContaining([...DEFAULT_LANGUAGES]));
});

describe('texts are escaped for the language', () => {
  const samples = samplesFor({ text: HOSTILE });

  test.each([
    ['client', String.raw`text: 'a"b\\c\nd\'e$f#{g}\\(h)%@{i}${'`'}j${'$'}{k}'`],
    ['fetch', String.raw`{text: 'a"b\\c\nd\'e$f#{g}\\(h)%@{i}${'`'}j${'$'}{k}'}`],
    ['axios', String.raw`{text: 'a"b\\c\nd\'e$f#{g}\\(h)%@{i}${'`'}j${'$'}{k}'}`],
    ['python', String.raw`"text": "a\"b\\c\nd'e$f#{g}\\(h)%@{i}${'`'}j${'$'}{k}"`],
    ['objc', String.raw`@"text": @"a\"b\\c\nd'e$f#{g}\\(h)%@{i}${'`'}j${'$'}{k}"`],
    ['swift', String.raw`"text": "a\"b\\c\nd'e$f#{g}\\(h)%@{i}${'`'}j${'$'}{k}"`],
    ['php', `'text' => 'a"b\\\\c\nd\\'e$f#{g}\\\\(h)%@{i}\`j\${k}'`],
    ['ruby', String.raw`\"a\\\"b\\\\c\\nd'e$f\#{g}`],
    ['go', String.raw`\"a\\\"b\\\\c\\nd'e$f#{g}`],
    ['java', String.raw`\"a\\\"b\\\\c\\nd'e$f#{g}`],
    ['csharp', String.raw`\"a\\\"b\\\\c\\nd'e$f#{g}`],
    ['har', String.raw`\"a\\\"b\\\\c\\nd'e$f#{g}`],
  ])('%s', (language, want) => expect(samples.get(language)).toContain(want));
});

describe('values that the library writes as something else', () => {
  const samples = samplesFor([{ none: null, empty: {}, list: [] }]);

  test.each([
    ['objc', 'NSArray *parameters = @[ @{ @"none": [NSNull null], @"empty": @{  }, @"list": @[  ] } ];'],
    ['swift', '"none": NSNull(),\n    "empty": [String: Any](),\n    "list": [Any]()'],
    ['php', "'empty' => (object) []"],
    ['python', '"none": None'],
  ])('%s', (language, want) => expect(samples.get(language)).toContain(want));
});

test('no sample turns off the verification of certificates', () => {
  for (const code of samplesFor({}).values()) expect(code).not.toMatch(/VERIFY_NONE|insecure|verify\s*=\s*False/i);
});
