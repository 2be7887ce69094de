import { expect, it } from 'vitest';
import { readContract } from '../../../contract/read/read.js';
import type { Target } from '../../target/target.js';
import { verifyTarget } from '../../test-support/verify-target.js';

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

it('shows the malformed token in its command, whatever the token of the run begins with', async () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: { '/things': { get: { operationId: 'list', responses: { '200': { description: 'All of them.' } } } } },
  });
  const token = `${encoded({ alg: 'RS256', typ: 'JWT', kid: 'a-key' })}.${encoded({ sub: 'somebody' })}.c2lnbmF0dXJl`;
  const target: Target = {
    name: 'a server',
    url: 'https://server.example',
    audience: '',
    credentials: { token },
    metered: false,
    workers: 1,
    send: async ({ headers: { authorization = '' } }) => {
      const parts = authorization.replace('Bearer ', '').split('.');
      const status = authorization === `Bearer ${token}` ? 200 : parts.length === 2 ? 500 : 401;
      return { status, headers: {}, text: '' };
    },
    close: async () => undefined,
  };
  const { findings } = await verifyTarget(contract, target, { only: ['list/token-malformed'] });
  const [command = ''] = findings.filter(({ cause }) => cause === 'server error 500').map(({ curl }) => curl);
  const [, sent = ''] = /Bearer ([^"]*)/.exec(command) ?? [];
  expect(sent.split('.')).toHaveLength(2);
  expect(JSON.parse(Buffer.from(sent.split('.')[0] ?? '', 'base64url').toString())).toEqual({ alg: 'RS256' });
});
