import { expect, it } from 'vitest';
import { answer, contentOf, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { verifyTarget } from '../test-support/verify-target.js';

it('what switches authentication off comes last, and is named as a change', async () => {
  const refusals = { '401': REFUSED };
  const shown = { '200': answer({ type: 'object', properties: { member_id: { type: 'string' } } }), ...refusals };
  const post = (operationId: string) => ({
    post: {
      operationId,
      requestBody: { content: contentOf({ type: 'object', properties: { note: { type: 'string' } } }) },
      responses: shown,
    },
  });
  const contract = contractOf({
    '/auth/disable': post('authDisable'),
    '/auth/enable': post('authEnable'),
    '/users/list': post('userList'),
    '/roles/list': post('roleList'),
  });
  let isOff = false;
  const accepted: string[] = [];
  const target = serverOf((request) => {
    if (!isOff && !isAdmin(request)) return [401, { error: 'Who?' }];
    if (request.method !== 'POST') return [404, {}];
    accepted.push(request.path);
    if (request.path === '/auth/disable') isOff = true;
    return [200, { member_id: 'm7f3a9' }];
  });
  const report = await verifyTarget(contract, target, { only: ['*/documented-success', '*/token-missing'] });
  expect(report.findings).toEqual([]);
  expect(report.changed?.join('\n')).toMatch(/POST \/auth\/disable changed: accepted/);
  expect(report.leftovers.join('\n')).not.toContain('/auth/');
  const first = accepted.indexOf('/auth/disable');
  expect(accepted.slice(first).filter((path) => path.endsWith('/list'))).toEqual([]);
});
