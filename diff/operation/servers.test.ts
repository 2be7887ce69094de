import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { differences } from '../test-support/differences.js';
import { answering, documentOf } from '../test-support/document.js';

const server = (url: string, variables?: JsonObject): JsonObject => ({ url, ...(variables && { variables }) });
const served = (...servers: readonly JsonObject[]): JsonObject =>
  documentOf({ '/a': { get: answering({}) } }, { servers: [...servers] });
const owned = (servers: readonly JsonObject[], path: readonly JsonObject[] = []): JsonObject =>
  documentOf({
    '/a': {
      ...(path.length > 0 && { servers: [...path] }),
      get: answering({}, servers.length > 0 ? { servers: [...servers] } : {}),
    },
  });
const host = (value: string, more: JsonObject = {}): JsonObject => ({ host: { default: value, ...more } });
const OLD = 'https://api.example/v1';
const FILES = 'https://files.example';

test.each<{ given: string; before: JsonObject; after: JsonObject; want: readonly string[] }>([
  { given: 'slashes at the end', before: served(server(OLD)), after: served(server(`${OLD}//`)), want: [] },
  { given: 'the root of the host', before: served(server('/')), after: served(server('/')), want: [] },
  {
    given: 'the root of the host in place of a server',
    before: served(server(OLD)),
    after: served(server('/')),
    want: [
      `server-removed at /servers/0: server ${OLD} was removed ["${OLD}" → -]`,
      'server-added at /servers/0: server / was added [- → "/"]',
    ],
  },
  {
    given: 'a second server',
    before: served(server(OLD)),
    after: served(server(OLD), server(FILES)),
    want: [`server-added at /servers/1: server ${FILES} was added [- → "${FILES}"]`],
  },
  {
    given: 'another default of one of two variables',
    before: served(server('https://{host}:{port}', { ...host('a.example'), port: { default: '443' } })),
    after: served(server('https://{host}:{port}', { ...host('a.example'), port: { default: '8443' } })),
    want: [
      'server-default-changed at /servers/0/variables/port/default: default of "port" in server https://{host}:{port} went from "443" to "8443" ["443" → "8443"]',
    ],
  },
  {
    given: 'texts of a variable',
    before: served(server('https://{host}', host('a.example'))),
    after: served(server('https://{host}', host('a.example', { description: 'New' }))),
    want: [],
  },
  {
    given: 'servers of the operation that the path declared before',
    before: owned([], [server(FILES)]),
    after: owned([server(`${FILES}/`)]),
    want: [],
  },
  {
    given: 'servers of the operation before those of its path',
    before: owned([server(FILES)], [server(OLD)]),
    after: owned([], [server(OLD)]),
    want: [
      `operation-server-removed at /paths/~1a/get/servers/0: the operation is no longer served at ${FILES} ["${FILES}" → -]`,
      `operation-server-added at /paths/~1a/servers/0: the operation is also served at ${OLD} [- → "${OLD}"]`,
    ],
  },
  {
    given: 'own servers dropped in favour of those of the document',
    before: owned([server(FILES), server(OLD)]),
    after: owned([]),
    want: [
      `operation-server-removed at /paths/~1a/get/servers/0: the operation is no longer served at ${FILES} ["${FILES}" → -]`,
    ],
  },
  {
    given: 'a variable of an own server replaced by its default',
    before: owned([server('https://{host}/x', host('files.example'))]),
    after: owned([server('https://files.example/x')]),
    want: [],
  },
  {
    given: 'a variable of an own server with another default',
    before: owned([server('https://{host}', host('a.example'))]),
    after: owned([server('https://{host}', host('b.example'))]),
    want: [
      'operation-server-removed at /paths/~1a/get/servers/0: the operation is no longer served at https://{host} ["https://{host}" → -]',
      'operation-server-added at /paths/~1a/get/servers/0: the operation is also served at https://{host} [- → "https://{host}"]',
    ],
  },
])('$given', ({ before, after, want }) => {
  expect(differences(before, after)).toEqual(want);
});
