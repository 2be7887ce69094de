import { expect, test } from 'vitest';
import { TextResponse } from './text-response.js';

const init = { status: 201, headers: { 'content-type': 'application/json' } };
const make = (): Response => new TextResponse('{"a":"é"}', init);

/** What each way of reading gives; a plain Response is what it is held against. */
const WAYS: Readonly<Record<string, (response: Response) => Promise<unknown>>> = {
  text: (response) => response.text(),
  json: (response) => response.json(),
  arrayBuffer: async (response) => new Uint8Array(await response.arrayBuffer()),
  bytes: (response) =>
    'bytes' in Response.prototype ? response.bytes() : response.arrayBuffer().then((buffer) => new Uint8Array(buffer)), // not in the first releases of Node 20
  blob: async (response) => (await response.blob()).text(),
  body: async (response) => {
    let text = '';
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
      text += decoder.decode(part.value);
    return text;
  },
  clone: (response) => response.clone().text(),
  again: async (response) => new Response(response.body, response).json(),
};

test('it is a Response', () => {
  const response = make();
  expect(response).toBeInstanceOf(Response);
  expect([response.status, response.ok, response.headers.get('content-type'), response.bodyUsed]).toEqual([
    201,
    true,
    'application/json',
    false,
  ]);
});

test.each(Object.entries(WAYS))('read by %s it gives what any Response gives', async (_, read) => {
  expect(await read(make())).toEqual(await read(new Response('{"a":"é"}', init)));
});

test.each(['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'body', 'again'])(
  'read by %s it cannot be read again',
  async (way) => {
    const response = make();
    await WAYS[way]?.(response);
    expect(response.bodyUsed).toBe(true);
    for (const read of [
      () => response.text(),
      () => response.json(),
      () => response.arrayBuffer(),
      async () => response.clone(),
    ]) {
      await expect(read()).rejects.toThrow(TypeError);
    }
  },
);

test('a clone and its original are read apart', async () => {
  const response = make();
  const clone = response.clone();
  expect(await response.text()).toBe(await clone.text());
});
