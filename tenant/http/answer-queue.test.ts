import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { PlainResponse } from '../exchange.js';
import { AnswerQueue } from './answer-queue.js';
import { serve } from './server.js';

afterEach(() => {
  vi.useRealTimers();
});

/** Adds answers with these numbers, and returns the list of those that are written. */
function added(queue: AnswerQueue, count: number): readonly number[] {
  const written: number[] = [];
  for (let number = 1; number <= count; number++) queue.add(() => written.push(number));
  return written;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('answers of one turn of the event loop are written at its end, in their order', async () => {
  const written = added(new AnswerQueue(), 3);
  expect(written).toEqual([]);
  await turn();
  expect(written).toEqual([1, 2, 3]);
});

test('16 answers do not wait for more', async () => {
  const queue = new AnswerQueue();
  const first = added(queue, 17);
  expect(first).toHaveLength(16);
  await turn();
  expect(first).toHaveLength(17);
  const second = added(queue, 1);
  await turn();
  expect(second).toEqual([1]);
});

test('fake timers of a test do not hold answers back', async () => {
  const realTurn = turn();
  vi.useFakeTimers({ toFake: ['setImmediate'] });
  const written = added(new AnswerQueue(), 1);
  await realTurn;
  vi.useRealTimers();
  await turn();
  expect(written).toEqual([1]);
});

/** All that a server sends to requests that arrive together on one connection. */
async function answersTo(paths: readonly string[], handle: (path: string) => PlainResponse): Promise<string> {
  const { url, close } = await serve(({ path }) => handle(path), { onDefect: () => undefined });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('utf8');
  socket.on('error', () => undefined); // a reset
  let received = '';
  socket.on('data', (text: string) => {
    received += text;
    if (received.endsWith('last')) socket.destroy();
  });
  socket.write(paths.map((path) => `GET /${path} HTTP/1.1\r\nhost: x\r\n\r\n`).join(''));
  await once(socket, 'close');
  await close();
  return received;
}

const ok = (path: string): PlainResponse => ({ status: 200, headers: {}, body: path.slice(1) });

test('requests that arrive together on one connection are answered in their order', async () => {
  const paths = [...Array.from({ length: 40 }, (_, at) => `item-${at}`), 'last'];
  const received = await answersTo(paths, ok);
  expect(received.match(/item-\d+|last/g)).toEqual(paths);
});

test('a reset leaves the answers before it', async () => {
  const received = await answersTo(['first', 'reset'], (path) => ({ ...ok(path), isReset: path === '/reset' }));
  expect(received).toMatch(/^HTTP\/1.1 200 OK.*first$/s);
});

test('an answer that cannot be written is a defect, and those after it are written', async () => {
  const received = await answersTo(['broken', 'last'], (path) =>
    path === '/broken' ? { ...ok(path), headers: { 'x-broken': 'line\nbreak' } } : ok(path),
  );
  expect(received).toMatch(/^HTTP\/1.1 500 .*"statusCode":500.*HTTP\/1.1 200 .*last$/s);
});
