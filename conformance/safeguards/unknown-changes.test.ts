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

  it('are named where only their names say that they change something', async () => {
    const paths = ['/store/reset', '/songs/archive', '/songs/sync', '/backups/restore', '/songs/archived'];
    const { target } = serverOf((method, path) => (method === 'POST' && paths.includes(path) ? [200, true] : [404]));
    const post = { post: { responses: answers({}) } };
    const contract = contractOf({
      ...Object.fromEntries(paths.map((path) => [path, post])),
      // What an upload made is what it resets.
      '/store/reset': { post: { operationId: 'reset_upload_folder', responses: answers({}) } },
    });
    const { changed = [] } = await verifyTarget(contract, target, { ...run, only: ['*/documented-success'] });
    expect(changed).toEqual(
      paths.slice(0, -1).map((path) => expect.stringContaining(`perhaps what POST ${path} changed`)),
    );
  });

  it('are named where the answer is null', async () => {
    const { target } = serverOf((method, path) =>
      method === 'POST' && path === '/store/compact' ? [200, null] : [404],
    );
    const contract = contractOf({ '/store/compact': { post: { responses: answers({}) } } });
    const { changed } = await verifyTarget(contract, target, { ...run, only: ['*/documented-success'] });
    expect(changed).toEqual([expect.stringContaining('perhaps what POST /store/compact changed')]);
  });

  it.each(['import', 'upload', 'clone'])('are of POST /songs/%s something that it may have created', async (word) => {
    const { target } = serverOf((method, path) =>
      method === 'POST' && path === `/songs/${word}` ? [200, true] : [404],
    );
    const paths = { [`/songs/${word}`]: { post: { operationId: 'take', responses: answers({}) } } };
    const report = await verifyTarget(contractOf(paths), target, { ...run, only: ['*/documented-success'] });
    expect([report.changed, report.leftovers]).toEqual([
      undefined,
      [expect.stringContaining(`perhaps what POST /songs/${word} created`)],
    ]);
  });
});
