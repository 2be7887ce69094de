import { expect, test } from 'vitest';
import { keyInLocation } from './location-key.js';

test.each([
  ['https://api.test/v1/songs/5', '/v1/songs', '5'],
  ['/v1/songs/5', '/v1/songs', '5'],
  ['/v1/songs/5/', '/v1/songs/', '5'],
  ['5', '/v1/songs/', '5'],
  ['songs/5', '/v1/songs', '5'],
  ['http://inner:8080/songs/5', '/v1/songs?draft=true', '5'],
  ['/v1/songs/a%7Cb', '/v1/songs', 'a|b'],
  ['/v1/songs/5?version=1', '/v1/songs', '5'],
])('"%s" after a creation at %s names %s', (location, path, key) => {
  expect(keyInLocation(location, path)).toBe(key);
});

test.each([
  ['/v1/songs', '/v1/songs'],
  ['/v1/jobs/5', '/v1/songs'],
  ['/v1/songs/5/lyrics', '/v1/songs'],
  ['/v1/songs/%E0%A4', '/v1/songs'],
  ['http://', '/v1/songs'],
  ['', '/v1/songs'],
])('"%s" after a creation at %s names nothing', (location, path) => {
  expect(keyInLocation(location, path)).toBeUndefined();
});
