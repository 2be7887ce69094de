import { expect, test } from 'vitest';
import { withoutUser } from './without-user.js';

test.each([
  ['http://ada:pass-word@host:99999', 'http://***@host:99999'],
  ['ada:pass-word@127.0.0.1:9', '***@127.0.0.1:9'],
  ['//ada:pass-word@host', '//***@host'],
  ['ftp://ada:pass@word@host', 'ftp://***@host'],
  ['http://ada:pass-word@', 'http://***@'],
  ['http://host/path', 'http://host/path'],
  ['nope', 'nope'],
])('"%s" is shown as "%s"', (given, shown) => {
  expect(withoutUser(given)).toBe(shown);
});
