import { beforeEach, expect, test } from 'vitest';
import { TenantClock } from './clock.js';

let source = 0;
let clock: TenantClock;

beforeEach(() => {
  source = 1000;
  clock = new TenantClock(() => source);
});

test('goes with its source, also after it was set or advanced', () => {
  expect(clock.now()).toBe(1000);
  clock.set(5000);
  source += 10;
  expect(clock.now()).toBe(5010);
  clock.advance(100);
  source += 1;
  expect([clock.now(), clock.isFrozen]).toEqual([5111, false]);
  clock.reset();
  expect(clock.now()).toBe(source);
});

test('stands still while it is frozen, and goes on from there', () => {
  clock.freeze();
  source += 500;
  expect([clock.now(), clock.isFrozen]).toEqual([1000, true]);
  clock.set(3000);
  clock.advance(7);
  source += 500;
  expect(clock.now()).toBe(3007);
  clock.release();
  source += 3;
  expect([clock.now(), clock.isFrozen]).toEqual([3010, false]);
  clock.freeze();
  clock.reset();
  source += 1;
  expect([clock.now(), clock.isFrozen]).toEqual([source, false]);
});
