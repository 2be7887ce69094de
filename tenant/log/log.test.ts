import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { logTo, untilRead } from './log.js';

test('lines that nobody reads are dropped, and counted once somebody does', async () => {
  const stream = new PassThrough({ highWaterMark: 10 });
  const log = logTo(stream);
  for (const line of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) log(line);
  expect(stream.writableLength + stream.readableLength).toBeLessThan(30);
  expect(String(stream.read())).toMatch(/^one\ntwo\n/);
  await new Promise((resolve) => setImmediate(resolve));
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  await expect.poll(() => text).toMatch(/^\d lines were left out here: nobody read them\.\n$/m);
  log('eight');
  await expect.poll(() => text).toMatch(/eight\n$/);
});

test('the end of a log waits for its reader, but not for ever', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  stream.write('one');
  stream.write('two');
  await untilRead(stream, 20);
  expect(stream.writableLength).toBeGreaterThan(0);
  stream.resume();
  await untilRead(stream, 60_000);
  expect(stream.writableLength).toBe(0);
});

test('a stream that ended is left alone', () => {
  const stream = new PassThrough();
  const errors: unknown[] = [];
  stream.on('error', (error) => errors.push(error));
  const log = logTo(stream);
  stream.destroy();
  log('one');
  expect(errors).toEqual([]);
});
