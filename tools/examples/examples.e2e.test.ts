import { expect, test } from 'vitest';
import { builtCli } from '../../test-support/cli.js';
import { EXPECTED, examples, missingToolchain, runExample } from './examples.js';

/** A small form of `npm run test:examples`: the examples that download nothing. */
const WITHOUT_DOWNLOAD = ['node', 'curl'];

test('every example has a command', () => {
  expect(examples().map(({ name }) => name)).toEqual(['curl', 'go', 'java', 'node', 'python']);
  for (const { commands } of examples()) expect(commands).toMatch(/^npx rolecall tenant --tls -- /m);
});

test.each(examples().filter(({ name }) => WITHOUT_DOWNLOAD.includes(name)))('$name', async (example) => {
  const missing = await missingToolchain(example);
  if (missing !== undefined) return console.log(`skipped: ${missing} is not installed`);
  expect(await runExample(example, builtCli())).toEqual({ code: 0, output: `${EXPECTED}\n` });
});
