import { expect, test } from 'vitest';
import { TextResponse } from './text-response.js';

const init = { status: 201, headers: { 'content-type': 'application/json' } };
const make = (): Response => new TextResponse('{"a":"é"}', init);

/** The ways to read a body; a plain Response is the reference. */
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

test('a TextResponse is a Response', () => {
  const response = make();
  expect(response).toBeInstanceOf(Response);
  expect([response.status, response.ok, response.headers.get('content-type'), response.bodyUsed]).toEqual([
    201,
    true,
    'application/json',
    false,
  ]);
});

test.each(Object.entries(WAYS))('%s returns the same as for any Response', async (_, read) => {
  expect(await read(make())).toEqual(await read(new Response('{"a":"é"}', init)));
});

test.each(['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'body', 'again'])(
  'after %s the body cannot be read again',
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

test('a clone and its original are read independently', async () => {
  const response = make();
  const clone = response.clone();
  expect(await response.text()).toBe(await clone.text());
});

test('a form is read like that of any Response', async () => {
  const form = { status: 200, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  expect((await new TextResponse('a=1&b=%20', form).formData()).get('b')).toBe(' ');
});

test('the stream takes over the text, the status and the headers once', async () => {
  const response = make();
  expect(response.body).toBe(response.body);
  expect(response.clone()).toMatchObject({ status: 201 });
  expect(response.bodyUsed).toBe(false);
  expect(await response.text()).toBe('{"a":"é"}');
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
});

test('the error of a second reading is that of the platform', async () => {
  const response = make();
  await response.text();
  await expect(response.text()).rejects.toThrow('Body is unusable: Body has already been read');
});
