import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import { verifyTarget } from '../test-support/verify-target.js';

it('treats a path as documented if a parameter is part of its last segment', async () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Exports', version: '1' },
    servers: [{ url: 'https://exports.example' }],
    paths: {
      '/export.{format}': {
        get: {
          operationId: 'export',
          parameters: [{ name: 'format', in: 'path', required: true, schema: { type: 'string', minLength: 1 } }],
          responses: { '200': { description: 'The export.' } },
        },
      },
    },
  });
  const report = await verifyTarget(contract, await embeddedTarget(contract), { only: ['export/unknown-path'] });
  expect(report.findings).toEqual([]);
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(['passed']);
});
