import { expect, it } from 'vitest';
import { readContract } from '../../../contract/read/read.js';
import { planClient } from '../../client/plan.js';
import { emitReadme } from './readme.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  paths: { '/t': { get: {} } },
});

it.each([
  [{}, 'npm install openapi-fetch', []],
  [
    { validators: 'zod', msw: true, query: 'tanstack' } as const,
    'npm install openapi-fetch zod msw @tanstack/react-query',
    ['validators.ts', 'msw.ts', 'queries.ts'],
  ],
])('names the modules and packages of %j', (extras, install, files) => {
  const { text } = emitReadme(contract, planClient(contract), extras);
  expect(text.split('\n')).toContain(install);
  expect(['validators.ts', 'msw.ts', 'queries.ts'].filter((file) => text.includes(`| \`${file}\` |`))).toEqual(files);
});
