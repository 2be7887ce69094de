import { describe, expect, it } from 'vitest';
import { verifyTarget } from '../test-support/verify-target.js';
import { answers, contractOf, run, serverOf } from './test-support/settings.js';

describe('changes that nothing describes', () => {
  it('are named, with how often they were accepted', async () => {
    const { target } = serverOf((method, path) => {
      if (path === '/search') return method === 'POST' ? [200, []] : [405];
      return ['/maintenance', '/sessions'].includes(path) && method !== 'GET' ? [204] : [404];
    });
    const done = { responses: { '204': { description: 'ok' } } };
    const contract = contractOf({
      '/maintenance': { post: { operationId: 'maintain', ...done } },
      '/sessions': { delete: { operationId: 'clear', ...done } },
      '/search': { post: { operationId: 'search', responses: answers({ type: 'array' }) } },
    });
    const { changed: left = [] } = await verifyTarget(contract, target, { ...run, only: ['*/documented-success'] });
    expect(left).toEqual([
      expect.stringMatching(/^perhaps what POST \/maintenance changed: accepted \d+ times$/),
      expect.stringMatching(/^perhaps what DELETE \/sessions changed: accepted \d+ times$/),
    ]);
  });
});
