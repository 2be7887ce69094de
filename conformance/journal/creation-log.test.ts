import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues } from '../target/request.js';
import { HEADER, memorySink } from '../test-support/memory-sink.js';
import { CreationLog } from './creation-log.js';
import { Journal } from './journal.js';
import { parseJournal } from './read-journal.js';

const ROLE: JsonObject = { type: 'object', properties: { name: { type: 'string' } } };
const content = { 'application/json': { schema: ROLE } };
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Roles', version: '1' },
  components: { 'x-resources': { role: { key: 'name' } } },
  paths: {
    '/roles/{name}': {
      patch: {
        operationId: 'update',
        'x-effect': { update: 'role', of: { role: 'name' } },
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { required: true, content },
        responses: { '200': { description: 'ok', content } },
      },
    },
  },
});

function logWith(from: string, sent: JsonObject, shown: JsonObject | undefined) {
  const sink = memorySink();
  const log = new CreationLog(new Journal(HEADER, sink), contract, () => 0);
  log.adopt('role', 'ours');
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('The contract has no operation.');
  const text = shown === undefined ? '' : JSON.stringify(shown);
  const json = shown === undefined ? {} : { json: shown };
  const request = buildRequest(operation, { ...noValues, path: { name: from }, body: sent });
  log.answered({ request, response: { status: 200, headers: {}, text, ...json }, durationMs: 0 }, undefined);
  return { log, existing: parseJournal(sink.text())?.existing.map(({ id }) => id) ?? [] };
}

test.each([
  ['the new key of what is ours', 'ours', { name: 'a' }, { name: 'a' }, ['a']],
  ['no key that the answer does not show', 'ours', { name: 'a' }, { name: 'ours' }, []],
  ['no key that no answer shows', 'ours', { name: 'a' }, undefined, []],
  ['a marked key that no answer shows', 'ours', { name: `b ${HEADER.mark}` }, undefined, [`b ${HEADER.mark}`]],
  ['no key of what is not ours', 'theirs', { name: 'a' }, { name: 'a' }, []],
  ['nothing where the key stays', 'ours', { name: 'ours' }, { name: 'ours' }, []],
] as const)('an update adds %s to the journal', (_what, from, sent, shown, expected) => {
  const { log, existing } = logWith(from, sent, shown);
  expect(existing).toEqual(expected);
  expect(log.has('role', sent.name)).toBe(expected.length > 0 || sent.name === 'ours');
});
