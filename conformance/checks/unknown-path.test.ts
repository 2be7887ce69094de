import { expect, it } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const KEY = {
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
};

it('treats a path as documented if a parameter is part of its last segment', async () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Exports', version: '1' },
    servers: [{ url: 'https://exports.example' }],
    paths: {
      '/export.{format}': {
        get: {
          operationId: 'export',
          parameters: [{ name: 'format', in: 'path', required: true, schema: { type: 'string', minLength: 1 } }],
          responses: { '200': { description: 'The export.' } },
        },
      },
    },
  });
  const report = await verifyTarget(contract, await embeddedTarget(contract), { only: ['export/unknown-path'] });
  expect(report.findings).toEqual([]);
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(['passed']);
});

it('sends the credential where the API takes it, so that the server looks at the path', async () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Keys', version: '1' },
    ...KEY,
    paths: { '/things': { get: { operationId: 'list', responses: { '200': { description: 'All of them.' } } } } },
  });
  const report = await verifyTarget(contract, keyServer(/^\/things$/i), { only: ['list/unknown-path'] });
  expect(report.findings.map(({ cause }) => cause)).toEqual(['a path in upper case succeeds']);
});

it('leaves a slash at the end alone, with or without which servers answer', async () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Roots', version: '1' },
    ...KEY,
    servers: [{ url: 'https://roots.example/api' }],
    paths: { '/': { get: { operationId: 'root', responses: { '200': { description: 'The version.' } } } } },
  });
  const report = await verifyTarget(contract, keyServer(/^\/api\/*$/), { only: ['root/unknown-path'] });
  expect(report.findings).toEqual([]);
});

it.each<[what: string, documented: string, text: string, want: readonly string[]]>([
  [
    'a web application answers what the API does not know',
    'application/json',
    '<!doctype html>',
    ['a web page answers undocumented methods', 'a web page answers undocumented paths'],
  ],
  [
    'the API has pages itself',
    'text/html',
    '<!doctype html>',
    ['method', 'path'].map((what) => `violated in several ways: An undocumented ${what} is refused`),
  ],
  [
    'the server calls every text HTML',
    'application/json',
    'Hello',
    ['method', 'path'].map((what) => `violated in several ways: An undocumented ${what} is refused`),
  ],
])('%s', async (_, documented, text, want) => {
  const content = { [documented]: { schema: {} } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    ...KEY,
    paths: { '/things': { get: { operationId: 'list', responses: { '200': { description: 'All.', content } } } } },
  });
  const server = keyServer(/^/);
  const pages: Target = {
    ...server,
    send: async ({ path, method, headers }) => {
      const isDocumented = path === '/things' && method === 'GET';
      if (isDocumented && headers['x-key'] === undefined) return { status: 401, headers: {}, text: '' };
      const isKnown = isDocumented && documented !== 'text/html';
      const answer = isKnown ? { type: 'application/json', text: '{}' } : { type: 'text/html', text };
      return { status: 200, headers: { 'content-type': answer.type }, text: answer.text };
    },
  };
  const report = await verifyTarget(contract, pages, { only: ['list/unknown-path', 'list/unknown-method'] });
  expect(report.findings.map(({ cause }) => cause).sort()).toEqual(want);
});

/** A server that answers paths of this form, and others with 404. */
function keyServer(form: RegExp): Target {
  return {
    name: 'keys',
    url: 'https://keys.example',
    audience: '',
    credentials: { token: 'secret' },
    metered: false,
    workers: 1,
    send: async ({ path, headers }) => {
      const status = headers['x-key'] === undefined ? 401 : form.test(path) ? 200 : 404;
      return { status, headers: {}, text: '' };
    },
    close: async () => undefined,
  };
}
