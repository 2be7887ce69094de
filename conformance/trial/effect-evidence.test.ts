import { expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { Violation } from '../finding/finding.js';
import { withEffectEvidence } from './effect-evidence.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  paths: {
    '/readers/{id}/books': {
      post: {
        operationId: 'lend',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '204': { description: 'Lent' } },
        'x-effect': { add: 'loans', of: { reader: 'id' }, each: { book: '/books' } },
        'x-evidence': {
          '/x-effect': { grade: 'recorded', source: 'seen' },
          '/x-effect/add': { grade: 'unknown', source: 'nobody tried' },
        },
      },
    },
  },
  components: {
    'x-resources': { reader: { key: 'id' }, book: { key: 'id' } },
    'x-relations': { loans: { between: ['reader', 'book'] } },
  },
});
const [lend] = contract.operations as readonly [Operation];
const refused = { cause: 'status 409', evidence: { grade: 'documented', source: 'the page' } } as Violation;

it.each([
  { detail: 'add', want: 'unknown' },
  { detail: 'each', want: 'documented' },
  { detail: 'unknown', want: 'documented' },
] as const)('violations of the detail "$detail" have the evidence $want', ({ detail, want }) => {
  expect(withEffectEvidence(detail, [refused], lend, contract)).toMatchObject([{ evidence: { grade: want } }]);
});
