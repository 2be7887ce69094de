import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { otherRoot, otherRootHint } from './other-root.js';
import { routeTable } from './route-table.js';

const answered = { responses: { 200: { description: 'OK' } } };
const paths = {
  '/crews': { get: answered, post: answered },
  '/crews/{id}': { get: answered },
  '/{anything}': { get: answered },
};

function contractAt(servers?: readonly { readonly url: string }[]) {
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Crews', version: '1' },
    ...(servers === undefined ? {} : { servers }),
    paths,
  });
}

function rootOf(contract: ReturnType<typeof contractAt>, ...paths: readonly string[]) {
  const requests = paths.map((path) => ({ method: 'GET', path }));
  return otherRoot(contract, routeTable(contract), requests);
}

it.each([
  ['servers leave out where the API is', undefined, ['/api/v1/crews', '/api/v1/crews/7', '/other'], '/api/v1', 2],
  ['servers name another place', [{ url: 'https://a.example/v2' }], ['/api/crews', '/api/crews/7'], '/api', 2],
  ['servers name a place that the recorded server has not', [{ url: '/v2' }], ['/crews', '/crews/7'], '', 2],
  ['a gateway puts a path before the one of servers', [{ url: '/v2' }], ['/gate/v2/crews'], '/gate/v2', 1],
] as const)('finds the beginning of recorded paths: %s', (_, servers, recorded, root, requests) => {
  expect(rootOf(contractAt(servers), ...recorded)).toEqual({ recorded: root, requests });
});

it('takes no path with nothing but a parameter for an operation', () => {
  expect(rootOf(contractAt(), '/api/other', '/')).toBeUndefined();
});

it('says how to change the servers: an update appends to a list that is there', () => {
  const root = { recorded: '/api', requests: 3 };
  expect(otherRootHint(root, contractAt())).toBe(
    '3 requests would be in the contract with the document\'s paths below "/api": pass an --overlay with the action {"target":"$","update":{"servers":[{"url":"/api"}]}}.',
  );
  expect(otherRootHint({ recorded: '', requests: 3 }, contractAt([{ url: '/v2' }]))).toBe(
    '3 requests would be in the contract with the document\'s paths not below "/v2": pass an --overlay with the action {"target":"$.servers[0]","update":{"url":"/"}}.',
  );
});
