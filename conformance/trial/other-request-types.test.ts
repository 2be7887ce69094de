import { expect, test } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { parseJson, type Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

const schema = {
  type: 'object',
  required: ['name', 'height'],
  properties: { name: { type: 'string' }, height: { type: 'integer' } },
};

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  servers: [{ url: 'https://trees.example' }],
  paths: {
    '/survey': {
      post: {
        operationId: 'survey',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema },
            'application/x-www-form-urlencoded': { schema },
            'multipart/form-data': { schema },
            'image/png': {},
          },
        },
        responses: { 200: { description: 'Done' }, 400: { description: 'No' }, 415: { description: 'No such type' } },
      },
    },
  },
});

/** A target that takes bodies of some media types, and the bodies that it got. */
function taking(types: readonly string[]): { readonly target: Target; readonly bodies: ReadonlyMap<string, string> } {
  const bodies = new Map<string, string>();
  const target: Target = {
    name: 'trees',
    url: 'https://trees.example',
    audience: 'trees',
    credentials: { token: 'key' },
    metered: false,
    workers: 1,
    async send({ headers, body = '' }) {
      const [type = ''] = (headers['content-type'] ?? '').split(';');
      bodies.set(type, body);
      return { status: types.includes(type) ? 200 : 415, headers: {}, text: '', ...parseJson('') };
    },
    close: async () => undefined,
  };
  return { target, bodies };
}

const TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];

test.each(['smoke', 'standard'] as const)(
  'each media type that can be written is tried once, at depth %s',
  async (depth) => {
    const { target, bodies } = taking(TYPES);
    expect(failures(await verifyTarget(contract, target, { only: ['documented-success'], depth }))).toEqual([]);
    expect([...bodies.keys()].sort()).toEqual(TYPES);
    expect(bodies.get('application/x-www-form-urlencoded')).toMatch(/^name=[^&]*&height=\d+$/);
    expect(bodies.get('multipart/form-data')).toContain('name="height"');
  },
);

test('a media type that is refused is a finding', async () => {
  const { target } = taking(['application/json', 'multipart/form-data']);
  const [finding, ...others] = failures(await verifyTarget(contract, target, { only: ['documented-success'] }));
  expect(finding).toMatch(/^documented-success: a body as application\/x-www-form-urlencoded: /);
  expect(others).toEqual([]);
});

test('a refusal that has nothing to do with the media type is one finding', async () => {
  const { target } = taking([]);
  expect(failures(await verifyTarget(contract, target, { only: ['documented-success'] }))).toEqual([
    'documented-success: status 415 instead of 200',
  ]);
});

test('a form carries the fields of an object, where JSON may be a text too', async () => {
  const template = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };
  const either = { oneOf: [{ type: 'string', pattern: '^[a-z ]*$' }, template] };
  const content = { 'application/json': { schema: either }, 'application/x-www-form-urlencoded': { schema: either } };
  const put = { requestBody: { required: true, content }, responses: { 200: { description: 'Set' } } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    paths: { '/sign': { put: { operationId: 'put_sign', ...put } } },
  });
  const { target, bodies } = taking(TYPES);
  expect(failures(await verifyTarget(contract, target, { only: ['documented-success'] }))).toEqual([]);
  expect(bodies.get('application/x-www-form-urlencoded')).toMatch(/^text=/);
});
