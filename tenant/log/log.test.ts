import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog, flushLog } from './log.js';

test('lines without a reader are dropped, and their number is logged later', async () => {
  const stream = new PassThrough({ highWaterMark: 10 });
  const log = createLog(stream);
  for (const line of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) log(line);
  expect(stream.writableLength + stream.readableLength).toBeLessThan(30);
  expect(String(stream.read())).toMatch(/^one\ntwo\n/);
  await new Promise((resolve) => setImmediate(resolve));
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  await expect.poll(() => text).toMatch(/^\d lines dropped: the log was not read\.\n$/m);
  log('eight');
  await expect.poll(() => text).toMatch(/eight\n$/);
});

test('flushLog waits for the reader until the timeout', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  stream.write('one');
  stream.write('two');
  await flushLog(stream, 20);
  expect(stream.writableLength).toBeGreaterThan(0);
  stream.resume();
  await flushLog(stream, 60_000);
  expect(stream.writableLength).toBe(0);
});

test('nothing is written to a destroyed stream', () => {
  const stream = new PassThrough();
  const errors: unknown[] = [];
  stream.on('error', (error) => errors.push(error));
  const log = createLog(stream);
  stream.destroy();
  log('one');
  expect(errors).toEqual([]);
});
