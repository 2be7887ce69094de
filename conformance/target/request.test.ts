import { expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues, type RequestValues } from './request.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  servers: [{ url: 'https://harbour.example/v1' }],
  paths: {
    '/berths/{id}/lines': {
      post: {
        operationId: 'tie',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: { 'application/json': { schema: {} }, 'application/x-www-form-urlencoded': { schema: {} } },
        },
        responses: { '204': { description: 'Tied' } },
      },
    },
    '/rigs#sloop': {
      post: {
        operationId: 'rig',
        parameters: [
          { name: 'Crew', in: 'cookie', schema: {} },
          { name: 'X-Sails', in: 'header', schema: { type: 'array' } },
        ],
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {},
              encoding: { plan: { contentType: 'image/png', headers: { 'X-Scale': { required: true, schema: {} } } } },
            },
          },
        },
        responses: {
          '200': { description: 'Rigged', content: { 'text/csv': {} } },
          '404': { description: 'Adrift', content: { 'application/problem+json': {} } },
        },
      },
    },
    '/flags?as=form': {
      post: {
        operationId: 'flag',
        requestBody: {
          content: { 'application/x-www-form-urlencoded': { schema: {}, encoding: { list: { explode: false } } } },
        },
        responses: { '204': { description: 'Done' } },
      },
    },
    '/häfen/<a b>/{id}/100%25\ud800': {
      get: { operationId: 'harbours', responses: { '204': { description: 'Done' } } },
    },
    '/charts': {
      post: {
        operationId: 'chart',
        requestBody: {
          content: { 'application/xml': { schema: { type: 'object', xml: { name: 'chart' } } } },
        },
        responses: { '204': { description: 'Done' } },
      },
    },
    '/token': {
      post: {
        operationId: 'token',
        requestBody: { content: { 'application/x-www-form-urlencoded': { schema: {} } } },
        responses: { '204': { description: 'Done' } },
      },
    },
    '/logbooks': {
      post: {
        operationId: 'logbook',
        requestBody: { content: { 'multipart/form-data': { schema: { $ref: '#/components/schemas/Logbook' } } } },
        responses: { '204': { description: 'Done' } },
      },
    },
  },
  components: {
    schemas: {
      Logbook: {
        type: 'object',
        properties: {
          title: { type: 'string' },
          scan: { type: 'string', format: 'binary' },
          'log pages': { type: 'array', items: { type: 'string', format: 'binary' } },
        },
      },
    },
  },
});
const [tie, rig, flag, harbours, chart, token, logbook] = contract.operations as readonly [
  Operation,
  Operation,
  Operation,
  Operation,
  Operation,
  Operation,
  Operation,
];

const cases: readonly { name: string; operation: Operation; given: Partial<RequestValues>; want: object }[] = [
  {
    name: 'a path with the server before it',
    operation: tie,
    given: { path: { id: 'a' } },
    want: { method: 'POST', path: '/v1/berths/a/lines' },
  },
  {
    name: 'an id that must be encoded',
    operation: tie,
    given: { path: { id: 'auth0|a/b %' } },
    want: { path: '/v1/berths/auth0%7Ca%2Fb%20%25/lines' },
  },
  {
    name: 'a path with what URLs encode',
    operation: harbours,
    given: { path: { id: 'a' } },
    want: { path: '/v1/h%C3%A4fen/%3Ca%20b%3E/a/100%25%EF%BF%BD' },
  },
  {
    name: 'a query',
    operation: tie,
    given: { path: { id: 'a' }, query: { page: 0, 'q&': 'x y', some: ['a', 'b'] } },
    want: { path: '/v1/berths/a/lines?page=0&q%26=x%20y&some=a&some=b' },
  },
  {
    name: 'headers in lower case',
    operation: tie,
    given: { path: { id: 'a' }, header: { 'X-Tide': 3 } },
    want: { headers: { accept: 'application/json', 'x-tide': '3' } },
  },
  {
    name: 'a JSON body where there is a choice',
    operation: tie,
    given: { path: { id: 'a' }, body: { of: ['hemp'] } },
    want: { headers: { accept: 'application/json', 'content-type': 'application/json' }, body: '{"of":["hemp"]}' },
  },
  {
    name: 'a form where there is none',
    operation: token,
    given: { body: { grant: 'all of it', n: 1 } },
    want: {
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant=all+of+it&n=1',
    },
  },
  {
    name: 'a path without its fragment, a cookie, a list in a header, and the types that are answered',
    operation: rig,
    given: { cookie: { Crew: 'a b' }, header: { 'X-Sails': ['jib', 'main'] } },
    want: {
      path: '/v1/rigs',
      headers: { accept: 'text/csv, application/problem+json', cookie: 'Crew=a%20b', 'x-sails': 'jib,main' },
    },
  },
  {
    name: 'parts: one for each entry, objects as JSON, others as their encoding says',
    operation: rig,
    given: { body: { tags: ['x', 'y'], of: { n: 1 }, plan: 'bytes' } },
    want: {
      headers: { 'content-type': 'multipart/form-data; boundary=rolecall-part' },
      body: [
        '--rolecall-part\r\nContent-Disposition: form-data; name="tags"\r\n\r\nx\r\n',
        '--rolecall-part\r\nContent-Disposition: form-data; name="tags"\r\n\r\ny\r\n',
        '--rolecall-part\r\nContent-Disposition: form-data; name="of"\r\nContent-Type: application/json\r\n\r\n{"n":1}\r\n',
        '--rolecall-part\r\nContent-Disposition: form-data; name="plan"; filename="rolecall-plan.txt"\r\nContent-Type: image/png\r\nx-scale: value\r\n\r\nbytes\r\n',
        '--rolecall-part--\r\n',
      ].join(''),
    },
  },
  {
    name: 'files with a file name, in a list too: servers take other parts for texts',
    operation: logbook,
    given: { body: { title: 'a', scan: 'b', 'log pages': ['c'] } },
    want: {
      body: [
        '--rolecall-part\r\nContent-Disposition: form-data; name="title"\r\n\r\na\r\n',
        '--rolecall-part\r\nContent-Disposition: form-data; name="scan"; filename="rolecall-scan.txt"\r\nContent-Type: application/octet-stream\r\n\r\nb\r\n',
        '--rolecall-part\r\nContent-Disposition: form-data; name="log pages"; filename="rolecall-log_pages.txt"\r\nContent-Type: application/octet-stream\r\n\r\nc\r\n',
        '--rolecall-part--\r\n',
      ].join(''),
    },
  },
  {
    name: 'lists of a form by their encoding, and a query that the path names',
    operation: flag,
    given: { query: { as: 'form' }, body: { all: ['a', 'b'], list: ['a', 'b'], of: { n: 1 }, none: null } },
    want: { path: '/v1/flags?as=form', body: 'all=a&all=b&list=a,b&of=%7B%22n%22%3A1%7D&none=' },
  },
  {
    name: 'XML where the operation takes only that',
    operation: chart,
    given: { body: { depth: 3 } },
    want: {
      headers: { 'content-type': 'application/xml' },
      body: '<?xml version="1.0" encoding="UTF-8"?><chart><depth>3</depth></chart>',
    },
  },
];

it.each(cases)('writes down $name', ({ operation, given, want }) => {
  expect(buildRequest(operation, { ...noValues, ...given })).toMatchObject(want);
});

it('sends no body where none is given', () => {
  expect(buildRequest(tie, { ...noValues, path: { id: 'a' } })).not.toHaveProperty('body');
});
