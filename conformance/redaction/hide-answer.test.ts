import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { buildRequest } from '../target/request.js';
import { parseJson } from '../target/target.js';
import { hideAnswer } from './hide-answer.js';
import { Redactor } from './redact.js';

const KEY = '7yFq2pXw.Zr81mKt0vLcQ';

function shownAfter(properties: JsonObject, answered: JsonObject, { status = 201, body = {} as Json } = {}): string {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Doors', version: '1' },
    paths: {
      '/doors': {
        post: {
          operationId: 'build',
          requestBody: { ...json({ type: 'object', properties }) },
          responses: { '201': { description: 'ok', ...json(answered) } },
        },
      },
    },
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('The document has one operation.');
  const text = JSON.stringify(body);
  const redactor = new Redactor();
  hideAnswer(redactor, contract, {
    request: buildRequest(operation, { path: {}, query: {}, header: {}, body: {} }),
    response: { status, headers: {}, text, ...parseJson(text) },
  });
  return redactor.redact(text);
}

const password: JsonObject = { type: 'string', format: 'password' };
const open: JsonObject = { type: 'object', properties: { key: { type: 'string' } } };

test('hides what has the name of a password that the body of the operation takes', () => {
  expect(shownAfter({ key: password }, open, { body: { key: KEY } })).toBe('{"key":"$CLIENT_SECRET"}');
});

test('hides what a success declares as a password, at any depth', () => {
  const keys = { type: 'object', properties: { keys: { type: 'array', items: { properties: { key: password } } } } };
  expect(shownAfter({}, keys, { body: { keys: [{ key: KEY }] } })).toBe('{"keys":[{"key":"$CLIENT_SECRET"}]}');
});

test('shows a value of another name, and what a refusal says of a password', () => {
  const body = { key: KEY };
  expect(shownAfter({ lock: password }, open, { body })).toBe(JSON.stringify(body));
  expect(shownAfter({ key: password }, open, { status: 400, body })).toBe(JSON.stringify(body));
});
