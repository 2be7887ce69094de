import { describe, expect, test } from 'vitest';
import { call } from './call.js';
import { asked, parseAny, parseText, readEvents, readLines, readTextEvents } from './kinds.js';
import type { Route } from './route.js';

/** A response whose body arrives in these pieces. */
function arriving(type: string, ...pieces: readonly string[]): Response {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': type } });
}

async function all(values: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const list = [];
  for await (const value of values) list.push(value);
  return list;
}

const events = (...pieces: readonly string[]) => arriving('text/event-stream', ...pieces);

describe('server-sent events', () => {
  test.each([
    ['one event', ['data: {"a":1}\n\n'], [{ data: { a: 1 }, event: 'message', id: '' }]],
    ['an event in pieces', ['da', 'ta: {"a"', ':1}\r', '\n\r\n'], [{ data: { a: 1 }, event: 'message', id: '' }]],
    [
      'a type, an id that stays, and comments',
      ['event: added\nid: 7\n: ping\ndata: 1\n\n', 'data: 2\n\n'],
      [
        { data: 1, event: 'added', id: '7' },
        { data: 2, event: 'message', id: '7' },
      ],
    ],
    ['data on several lines', ['data: [1,\ndata: 2]\n\n'], [{ data: [1, 2], event: 'message', id: '' }]],
    ['line ends of any kind', ['data: 1\r\rdata: 2\r\n\r\n'], [expect.anything(), expect.anything()]],
    ['no space after the colon', ['data:1\n\n'], [{ data: 1, event: 'message', id: '' }]],
    ['data that is not JSON', ['data: hello\n\n'], [{ data: 'hello', event: 'message', id: '' }]],
    ['nothing after [DONE]', ['data: 1\n\ndata: [DONE]\n\ndata: 2\n\n'], [{ data: 1, event: 'message', id: '' }]],
    ['no event without its empty line', ['data: 1\n\ndata: 2\n'], [{ data: 1, event: 'message', id: '' }]],
    ['no event without data', ['event: ping\n\n'], []],
  ])('%s', async (_, pieces, want) => {
    expect(await all(readEvents(events(...pieces)))).toEqual(want);
  });

  test('data that is text stays text', async () => {
    expect(await all(readTextEvents(events('data: {"a":1}\n\n')))).toMatchObject([{ data: '{"a":1}' }]);
  });

  test('the connection is closed when the loop ends early', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const { data } of readEvents(new Response(body))) {
      expect(data).toBe(1);
      break;
    }
    expect(cancelled).toBe(true);
  });
});

describe('JSON lines', () => {
  test.each([
    ['values with and without a line break at the end', ['{"a":1}\n{"a"', ':2}\n3'], [{ a: 1 }, { a: 2 }, 3]],
    ['empty lines', ['1\n\n \r\n2\n'], [1, 2]],
    ['a JSON text sequence', ['\u001e{"a":1}\n\u001e{"a":2}\n'], [{ a: 1 }, { a: 2 }]],
    ['no lines', [], []],
  ])('%s', async (_, pieces, want) => {
    expect(await all(readLines(arriving('application/jsonl', ...pieces)))).toEqual(want);
  });

  test('a line that is not JSON ends the loop with an error', async () => {
    await expect(all(readLines(arriving('application/jsonl', '1\nnope\n')))).rejects.toThrow(SyntaxError);
  });
});

describe('other kinds', () => {
  test('text is not HTML', () => {
    expect(parseText('a', false)).toBe('a');
    expect(() => parseText('<html>', true)).toThrow(SyntaxError);
  });

  test('what is not documented is JSON, text or nothing', () => {
    expect([parseAny('{"a":1}'), parseAny('OK'), parseAny('')]).toEqual([{ a: 1 }, 'OK', undefined]);
  });
});

describe('a response with several content types', () => {
  const route: Route = [
    'GET',
    '/report',
    '200:as 404',
    {
      accept: asked({ 'application/json': 'json', 'text/csv': 'text', 'text/event-stream': 'events' }, true),
      parse: { text: parseText },
      read: { events: readEvents },
    },
  ];
  const bodies: Readonly<Record<string, string>> = {
    'application/json': '{"a":1}',
    'text/csv': 'a\n1',
    'text/event-stream': 'data: 1\n\n',
  };
  const answering = (type?: string) => ({
    baseUrl: 'https://api.example',
    fetch: async ({ headers }: Request) => {
      const sent = type ?? headers.get('accept')?.split(',')[0] ?? '';
      return new Response(bodies[sent] ?? null, { headers: { 'content-type': sent } });
    },
  });

  test('is the first one by default', async () => {
    expect(await call(answering(), route, [])).toMatchObject({ ok: true, status: 200, data: { a: 1 } });
  });

  test('is the one that the call asks for', async () => {
    expect(await call(answering(), route, [{ accept: 'text/csv' }])).toMatchObject({ ok: true, data: 'a\n1' });
    const streamed = await call(answering(), route, [{ accept: 'text/event-stream' }]);
    expect(streamed.ok && (await all(streamed.data as AsyncIterable<unknown>))).toMatchObject([{ data: 1 }]);
  });

  test('is unexpected if it is another one', async () => {
    expect(await call(answering('application/json'), route, [{ accept: 'text/csv' }])).toMatchObject({
      ok: false,
      status: 'unexpected',
      error: { message: expect.stringContaining('expected text/csv') },
    });
  });
});
