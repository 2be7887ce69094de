import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { supportedMarkdown } from './markdown.js';
import { currentSupported, SUPPORTED_FILE } from './write-supported.js';

test('SUPPORTED.md is what the contract and the evidence say; else run `npm run supported`', async ({ skip }) => {
  const text = await currentSupported();
  skip(text === undefined, 'The evidence is not beside the project.');
  expect(readFileSync(SUPPORTED_FILE, 'utf8')).toBe(text);
});

test('the page counts what is covered and lists what is missing', () => {
  const share = { have: 1, of: 2, missing: ['sort'] };
  const page = supportedMarkdown([
    {
      method: 'GET',
      path: '/badges',
      covered: {
        parameters: share,
        properties: { have: 0, of: 0, missing: [] },
        answers: { ...share, missing: ['409'] },
      },
      recorded: 3,
    },
    { method: 'DELETE', path: '/badges/{id}', recorded: 1 },
  ]);
  expect(page).toContain('| operations | 1 of 2 (50 %) |');
  expect(page).toContain('| recorded exchanges with an operation of the document | 3 of 4 (75 %) |');
  expect(page).toContain('| `GET /badges` | 1/2 |  | 1/2 | 3 | `sort`, `409` |');
  expect(page).toContain('| `DELETE /badges/{id}` | 1 |');
});

test('the page names the operations that the document leaves out', () => {
  expect(supportedMarkdown([], ['GET /keys', 'POST /token'])).toContain(
    'The contract has 2 operations: 0 of the document, and 2 that the document leaves out, because they are in early access or outside the Management API: `GET /keys`, `POST /token`.',
  );
});
