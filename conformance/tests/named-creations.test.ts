import { describe, expect, it } from 'vitest';
import { type Target, TargetFailure } from '../target/target.js';
import { answer, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { verifyTarget } from '../test-support/verify-target.js';

describe('a creation at a path that names it', () => {
  const name = [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }];
  const success = { '201': answer(), '204': { description: 'ok' } };
  const write = { responses: { ...success, '401': REFUSED, '404': REFUSED } };

  interface Habits {
    /** The status of a creation; 0: no answer. */
    readonly created?: number;
    readonly isRemoving?: boolean;
  }

  /** Queues, of which one was there before. */
  function keeping({ created = 201, isRemoving = true }: Habits = {}) {
    const queues = new Set(['/queues/jobs']);
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      const path = decodeURIComponent(request.path.replace(/\?.*/, ''));
      if (request.method === 'PUT') {
        const isKnown = queues.has(path);
        queues.add(path);
        if (created === 0) throw new TargetFailure('reset', 'socket hang up');
        return isKnown ? [204] : [created, {}];
      }
      if (!queues.has(path)) return [404, {}];
      if (request.method === 'DELETE' && isRemoving) queues.delete(path);
      return request.method === 'DELETE' ? [204] : [200, {}];
    });
    return { queues, target };
  }

  /** A new message changes no queue. */
  function withMessages(target: Target): Target {
    const send: Target['send'] = (request, limits) => {
      const isBelow = request.path.includes('/messages');
      const path = request.path.replace('/messages', '');
      const method = isBelow ? 'GET' : request.method;
      return target
        .send({ ...request, path, method }, limits)
        .then((answer) =>
          isBelow && request.method === 'POST' && answer.status === 200 ? { ...answer, status: 201 } : answer,
        );
    };
    return { ...target, send };
  }

  it('is removed at the end, and nothing else is', async () => {
    const { queues, target } = keeping();
    const paths = { '/queues/{name}': { parameters: name, put: write, delete: write } };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*'], depth: 'smoke' });
    expect(report.coverage).toContainEqual(expect.objectContaining({ operation: 'putQueuesName', status: 201 }));
    expect(report.leftovers).toEqual([]);
    expect([...queues]).toEqual(['/queues/jobs']);
  });

  it('is made for the operations on it and below it, each with its own', async () => {
    const { queues, target } = keeping();
    const messages = { get: write, post: write };
    const paths = {
      '/queues/{name}': { parameters: name, put: write, get: write, delete: write },
      '/queues/{name}/messages': { parameters: name, ...messages },
    };
    const report = await verifyTarget(contractOf(paths), withMessages(target), { only: ['*'], depth: 'smoke' });
    const succeeded = report.coverage.flatMap(({ operation, status, hits }) =>
      status < 300 && hits > 0 ? [operation] : [],
    );
    const all = [
      'deleteQueuesName',
      'getQueuesName',
      'getQueuesNameMessages',
      'postQueuesNameMessages',
      'putQueuesName',
    ];
    expect([...new Set(succeeded)].sort()).toEqual(all);
    expect(report.leftovers).toEqual([]);
    expect([...queues]).toEqual(['/queues/jobs']);
  });

  it('has what is below it, with a query in each path', async () => {
    const { queues, target } = keeping();
    const version = { name: 'api-version', in: 'query', required: true, schema: { type: 'string', enum: ['2024'] } };
    const parameters = [...name, version];
    const paths = {
      '/queues/{name}': { parameters, put: write, delete: write },
      '/queues/{name}/messages': { parameters, post: { ...write, operationId: 'createMessage' } },
    };
    const report = await verifyTarget(contractOf(paths), withMessages(target), { only: ['*'], depth: 'smoke' });
    expect([report.leftovers, [...queues]]).toEqual([[], ['/queues/jobs']]);
  });

  it.each([
    ['a server error', 500],
    ['no answer', 0],
  ])('is removed where its request had its effect and got %s', async (_what, created) => {
    const { queues, target } = keeping({ created });
    const paths = { '/queues/{name}': { parameters: name, put: write, delete: write } };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.findings.length).toBeGreaterThan(0);
    expect([report.leftovers, [...queues]]).toEqual([[], ['/queues/jobs']]);
  });

  it('is named where the target shows what it says to have removed', async () => {
    const { queues, target } = keeping({ isRemoving: false });
    const paths = { '/queues/{name}': { parameters: name, put: write, get: write, delete: write } };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    const [, ...made] = [...queues];
    expect(made.length).toBeGreaterThan(0);
    expect([...report.leftovers].sort()).toEqual(made.map((path) => `perhaps what PUT ${path} created`).sort());
  });

  it('is nothing that an operation makes which is left out', async () => {
    const { queues, target } = keeping();
    const paths = { '/queues/{name}': { parameters: name, put: write, get: write, delete: write } };
    const selection = { only: ['*'], skip: ['putQueuesName/*'], depth: 'smoke' } as const;
    const report = await verifyTarget(contractOf(paths), target, selection);
    expect([...queues]).toEqual(['/queues/jobs']);
    expect(report.coverage.filter(({ operation, hits }) => operation === 'putQueuesName' && hits > 0)).toEqual([]);
  });

  it('is nothing that --read-only makes', async () => {
    const { queues, target } = keeping();
    const paths = { '/queues/{name}': { parameters: name, put: write, get: write, delete: write } };
    const contract = contractOf(paths);
    const report = await verifyTarget(contract, target, { only: ['getQueuesName/*'], depth: 'smoke', readOnly: true });
    expect([...queues]).toEqual(['/queues/jobs']);
    expect(report.coverage).toContainEqual(expect.objectContaining({ operation: 'getQueuesName', status: 404 }));
  });

  it('has the mark in its path, where no operation removes it', async () => {
    const { queues, target } = keeping();
    const paths = { '/queues/{name}': { parameters: name, put: write } };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    const [before, ...made] = [...queues];
    expect(before).toBe('/queues/jobs');
    expect(made.filter((path) => !/rc[a-z0-9]{8}/.test(path))).toEqual([]);
    expect(report.leftovers).toEqual([
      expect.stringMatching(/^perhaps what PUT \/queues\/\{name\} created of \S*rc[a-z0-9]{8}/),
    ]);
  });

  it('is left behind with its path, where the document chooses the name', async () => {
    const { target } = keeping();
    const parameters = [{ ...name[0], example: 'mails' }];
    const paths = { '/queues/{name}': { parameters, put: write, delete: write } };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.leftovers).toEqual(['perhaps what PUT /queues/mails created']);
  });
});
