import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { isObject } from '../../contract/pointer.js';
import { embeddedTarget } from '../target/embedded.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { pauselessClock } from '../test-support/instant-clock.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

interface Fault {
  readonly name: string;
  readonly only: string;
  readonly finds: readonly string[];
  readonly request?: (request: HttpRequest) => HttpRequest;
  readonly response?: (body: Json, request: HttpRequest) => Json;
}

const without = (parameter: string) => (request: HttpRequest) => ({
  ...request,
  path: request.path.replace(new RegExp(`([?&])${parameter}=[^&]*&?`), '$1'),
});

const faults: readonly Fault[] = [
  { name: 'none', only: 'users.list/resource-listing', finds: [] },
  {
    name: 'a search is ignored',
    only: 'users.list/resource-listing',
    finds: ['resource-listing: search q shows what does not match'],
    request: without('q'),
  },
  {
    name: 'a search finds nothing',
    only: 'users.list/resource-listing',
    finds: ['resource-listing: search q leaves out what matches'],
    response: (body, { path }) => (path.includes('q=') ? [] : body),
  },
  {
    name: 'an order is ignored',
    only: 'users.list/resource-listing',
    finds: ['resource-listing: sort does not order the entries'],
    request: without('sort'),
  },
  {
    name: 'a renewed value stays the same',
    only: 'clients.rotateSecret/renewed-value',
    finds: ['renewed-value: client_secret is not renewed', 'renewed-value: client_secret is read as before'],
    response: (body, { path }) =>
      path.endsWith('/rotate-secret') && isObject(body) ? { ...body, client_secret: 'same' } : body,
  },
];

/** The embedded tenant with altered requests and responses. */
async function altered({ request, response }: Fault): Promise<Target> {
  const target = await embeddedTarget(await defaultContract());
  return {
    ...target,
    async send(sent, limits) {
      const received = await target.send(request?.(sent) ?? sent, limits);
      if (response === undefined || received.json === undefined) return received;
      const text = JSON.stringify(response(received.json, sent));
      return { ...received, text, ...parseJson(text) };
    },
  };
}

describe('a target that selects wrongly', { timeout: 120_000 }, () => {
  it.each(faults)('$name', async (fault) => {
    const options = { only: [fault.only], clock: pauselessClock() };
    const report = await verifyTarget(await defaultContract(), await altered(fault), options);
    expect(failures(report)).toEqual(fault.finds);
  });
});
