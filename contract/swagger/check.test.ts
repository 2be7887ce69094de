import { expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { checkSwagger } from './check.js';

function flawsOf(document: JsonObject): readonly string[] {
  return checkSwagger({ swagger: '2.0', ...document }).map(({ pointer, message }) => `${pointer} ${message}`);
}

/** The flaws of the parameters of an operation. */
function ofParameters(...parameters: JsonObject[]): readonly string[] {
  return flawsOf({ paths: { '/x': { post: { parameters } } } });
}

const LIST = { name: 'p', type: 'array', items: { type: 'string' } };
const BODY = { name: 'b', in: 'body', schema: {} };
const FIELD = { name: 'f', in: 'formData', type: 'string' };

test.each([
  { host: 'a.example:8080', basePath: '/v1', schemes: ['https', 'wss'], consumes: [], produces: ['a/b'] },
  { host: '', basePath: '' },
  { securityDefinitions: { o: { type: 'oauth2', flow: 'accessCode' }, b: { type: 'basic' } } },
  { paths: { 'x-a': 1, '/x': { parameters: [{ ...LIST, in: 'path' }], 'x-b': [1], get: { consumes: ['a/b'] } } } },
  { parameters: { p: { ...LIST, in: 'query', collectionFormat: 'multi' }, q: { $ref: '#/parameters/p' } } },
  { parameters: { p: { name: 'p', in: 'query', schema: { type: 'string' } } } },
])('%j is fine', (document) => {
  expect(flawsOf(document)).toEqual([]);
});

test.each([
  [
    { host: 'https://a.example/v1' },
    '/host "host" expected a host, perhaps with a port, without a scheme or a path, received "https://a.example/v1"',
  ],
  [{ basePath: 'v1' }, '/basePath "basePath" expected a path that begins with "/", received "v1"'],
  [{ schemes: 'https' }, '/schemes "schemes" expected a list of http, https, ws, wss, received "https"'],
  [{ consumes: 'a/b' }, '/consumes "consumes" expected a list of media types, received "a/b"'],
  [
    { paths: { '/x': { get: { produces: [1] } } } },
    '/paths/~1x/get/produces "produces" expected a list of media types, received a list',
  ],
  [
    { securityDefinitions: { o: { type: 'oauth2', flow: 'code' } } },
    '/securityDefinitions/o/flow "flow" expected one of implicit, password, application, accessCode, received "code"',
  ],
  [
    { securityDefinitions: { o: { type: 'oauth2' } } },
    '/securityDefinitions/o missing "flow"; a scheme of type oauth2 requires it',
  ],
  [
    { parameters: { p: { ...LIST, in: 'header', collectionFormat: 'multi' } } },
    '/parameters/p/collectionFormat "collectionFormat" expected one of csv, ssv, tsv, pipes, received "multi"',
  ],
])('%j', (document, want) => {
  expect(flawsOf(document)).toEqual([want]);
});

test.each([
  [[BODY, BODY], '1 a second body; expected one parameter "in: body"'],
  [[BODY, FIELD], '1 "in: formData" beside "in: body"; expected a body or the fields of a form'],
  [
    [FIELD, { ...FIELD, name: 'g' }, BODY],
    '2 "in: body" beside "in: formData"; expected a body or the fields of a form',
  ],
  [[{ name: 'b', in: 'body' }], '0 missing "schema"; a body requires it'],
  [[{ name: 'q', in: 'query' }], '0 missing "type"; a parameter "in: query" requires it'],
  [[{ in: 'formData', type: 'string' }], '0 missing "name"; a parameter requires it'],
])('an operation with the parameters %j', (parameters, want) => {
  expect(ofParameters(...parameters)).toEqual([`/paths/~1x/post/parameters/${want}`]);
});
