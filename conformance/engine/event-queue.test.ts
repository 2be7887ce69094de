import { expect, it } from 'vitest';
import { EventQueue } from './event-queue.js';

async function drain(
  queue: EventQueue<number>,
): Promise<{ readonly values: readonly number[]; readonly error?: unknown }> {
  const values: number[] = [];
  try {
    for await (const value of queue) values.push(value);
    return { values };
  } catch (error) {
    return { values, error };
  }
}

it('gives values in order, those pushed before and while it is read', async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  const drained = drain(queue);
  await Promise.resolve();
  queue.push(2);
  queue.push(3);
  await new Promise((resolve) => setImmediate(resolve));
  queue.push(4);
  queue.close();
  expect(await drained).toEqual({ values: [1, 2, 3, 4] });
});

it('fails after the values that were pushed before', async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  queue.push(2);
  queue.fail('broken');
  expect(await drain(queue)).toEqual({ values: [1, 2], error: 'broken' });
});
