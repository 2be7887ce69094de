import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContract } from '../../../contract/load/load.js';
import { packageRoot } from '../../../contract/load/package-root.js';
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

const PETSTORE = join(packageRoot(), '..', 'shared', 'documents', 'oai30-petstore.yaml');

test.skipIf(!existsSync(PETSTORE))(
  'a document without our keywords has samples, named after its own parameters',
  async () => {
    const { contract } = await loadContract(PETSTORE);
    const operation = contract.operations.find(({ path }) => path.includes('{'));
    if (operation === undefined) throw new Error('the document has an operation with an id');
    const { samples, placeholders } = operationSamples(contract, operation, { languages: 'all' });
    expect(placeholders.map(({ name }) => name)).toEqual(['PET_ID']);
    expect(samples.map(({ language }) => language)).toEqual(LANGUAGE_KEYS.filter((key) => !key.endsWith('-sdk')));
    expect(samples.find(({ language }) => language === 'python')?.code).toContain("/pets/{quote(PET_ID, safe='')}");
    for (const { code } of samples) expect(code).toContain('PET_ID');
  },
);
